package dev.vertxrpc.runtime;

import static dev.vertxrpc.testing.TestGroup.failure;
import static dev.vertxrpc.testing.TestGroup.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vertxrpc.Rpc;
import dev.vertxrpc.RpcFailure;
import dev.vertxrpc.config.RpcConfig;
import dev.vertxrpc.testing.TestGroup;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The ends of a worker that are not a graceful one among others. */
class EndTest {
  @Test
  void aWorkerWithAVertxOfItsOwnTellsItsEndToAPlainThread() throws Exception {
    RpcWorker worker = RpcWorker.create(ownCluster(TestGroup.freePort()));
    Rpc.await(worker.join());

    worker.leave().toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);

    assertThat(worker.ended().succeeded()).isTrue();
  }

  @Test
  @Tag("T103")
  void aCloseWithoutAnyCallBeforeItLeavesNothing() {
    try (Workers workers = new Workers()) {
      RpcWorker worker = workers.join("w");

      get(worker.close());

      workers.assertNothingIsLeft();
    }
  }

  @Test
  void aCloseDuringTheStartEndsTheJoin() throws Exception {
    RpcWorker worker = RpcWorker.create(ownCluster(TestGroup.freePort()));
    Future<Rpc> joined = worker.join();

    worker.close().toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);

    assertThat(joined.toCompletionStage().toCompletableFuture()).failsWithin(20, TimeUnit.SECONDS);
    assertThat(RpcFailure.of(joined.cause())).isEqualTo(RpcFailure.NOT_JOINED);
  }

  @Test
  void aStartThatThrowsIsAFailedJoin() {
    RpcConfig config = named("w");
    Lifecycle lifecycle = new Lifecycle(config, Parts.application(config, getClass().getClassLoader()), null, () -> {
      throw new IllegalStateException("no network");
    });

    assertThat(failure(lifecycle.join())).hasMessage("no network");

    get(lifecycle.ended());
    get(lifecycle.leave(null));
  }

  @Test
  void theOthersLearnOfACloseAtOnce() {
    Vertx vertx = Vertx.vertx();
    RpcWorker stays = RpcWorker.create(vertx, named("stays"));
    RpcWorker goes = RpcWorker.create(vertx, named("goes"));
    get(stays.join());
    get(goes.join());
    Future<Void> pending = stays.rpc().on("goes").withTimeout(Duration.ZERO).call(Functions::never);

    get(goes.close());

    assertThat(RpcFailure.of(failure(pending))).isEqualTo(RpcFailure.WORKER_LEFT);
    get(stays.rpc().collectives().barrier());
    get(stays.leave());
    get(vertx.close());
  }

  @Test
  void aLimitOfNothingIsRefused() {
    Vertx vertx = Vertx.vertx();
    RpcWorker worker = RpcWorker.create(vertx, named("w"));
    get(worker.join());

    assertThatThrownBy(() -> worker.shutdown(Duration.ZERO)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> worker.shutdown(null)).isInstanceOf(NullPointerException.class);

    get(worker.shutdown(Duration.ofDays(400_000)));
    get(vertx.close());
  }

  @Test
  void roundsTakeAnyLimitAndNoNull() {
    Vertx vertx = Vertx.vertx();
    RpcWorker worker = RpcWorker.create(vertx, named("w"));
    Rpc rpc = get(worker.join());

    get(rpc.collectives().withTimeout(Duration.ofDays(400_000)).barrier());

    assertThatThrownBy(() -> rpc.collectives().withTag(null)).isInstanceOf(NullPointerException.class);
    get(worker.leave());
    get(vertx.close());
  }

  private static RpcConfig named(String name) {
    return RpcConfig.from(new JsonObject().put("name", name));
  }

  private static RpcConfig ownCluster(int port) {
    return RpcConfig.from(new JsonObject().put("name", "w").put("cluster", new JsonObject()
        .put("name", "own-" + port).put("port", port).put("members", new JsonArray().add("127.0.0.1:" + port))));
  }
}
