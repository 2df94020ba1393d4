package dev.vertxrpc.app.demo;

import dev.vertxrpc.Rpc;
import dev.vertxrpc.app.worker.WatchedVerticle;
import io.vertx.core.Deployable;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * All workers of a run on one Vert.x that is in no cluster. Confined to the thread that runs it.
 */
final class InProcess {
  private final Vertx vertx = Vertx.vertx();
  private final List<Future<?>> deployed = new ArrayList<>();
  private final List<Future<?>> ended = new ArrayList<>();

  private InProcess() {}

  /** Returns when all have ended well; throws when one has not. */
  static void run(Job job, int trainers, Consumer<JsonObject> events) {
    InProcess process = new InProcess();
    try {
      process.deploy("server", 0, trainers + 1, Server.ROLE, new Server(events), new JsonObject());
      for (int i = 0; i < trainers; i++) {
        process.deploy("trainer-" + i, i + 1, trainers + 1, Trainer.ROLE, new Trainer(events), job.toJson());
      }
      Rpc.await(Future.all(process.deployed).compose(joined -> Future.all(process.ended)));
    } finally {
      Rpc.await(process.vertx.close());
    }
  }

  private void deploy(String name, int rank, int size, String role, Deployable worker, JsonObject config) {
    JsonObject rpc = new JsonObject().put("name", name).put("group", "digits").put("worldSize", size)
        .put("rank", rank).put("roles", new JsonArray().add(role));
    WatchedVerticle watched = new WatchedVerticle(worker);
    DeploymentOptions options = new DeploymentOptions().setConfig(config.put("rpc", rpc));
    deployed.add(vertx.deployVerticle(watched, options));
    ended.add(watched.ended());
  }
}
