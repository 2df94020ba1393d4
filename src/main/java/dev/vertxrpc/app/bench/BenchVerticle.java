package dev.vertxrpc.app.bench;

import dev.vertxrpc.Rpc;
import dev.vertxrpc.runtime.RpcVerticle;
import dev.vertxrpc.runtime.RpcWorker;
import io.vertx.core.Context;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;

/**
 * A worker of the bench, which has no job of its own. Confined to its worker's event loop, except where a method says
 * otherwise.
 */
public final class BenchVerticle extends RpcVerticle {
  /** For {@link Shared} and {@link Victim}. */
  @Override
  protected Future<?> onStart(RpcWorker worker) {
    worker.provide(BenchVerticle.class, this);
    return Future.succeededFuture();
  }

  /** Its view of the group; once it is deployed, on any thread. */
  Rpc rpc() {
    return worker().rpc();
  }

  /** Its event loop; once it is deployed, on any thread. */
  Context context() {
    return context;
  }

  /** Starts another worker on this Vert.x, with the settings of this one. */
  Future<Void> host(String name) {
    JsonObject rpc = config().getJsonObject("rpc").copy().put("name", name);
    return vertx.deployVerticle(new BenchVerticle(),
        new DeploymentOptions().setConfig(new JsonObject().put("rpc", rpc))).mapEmpty();
  }

  /** How many values it keeps for others. */
  long kept() {
    return worker().debugInfo().getLong("owners");
  }

  /** Ends without waiting for anything. */
  void end() {
    worker().close();
  }

  /** Has itself undeployed, as an application would do it. */
  void undeploy() {
    vertx.undeploy(deploymentID());
  }
}
