package dev.vertxrpc.cluster;

import static dev.vertxrpc.testing.TestGroup.failure;
import static dev.vertxrpc.testing.TestGroup.get;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxrpc.RRef;
import dev.vertxrpc.Rpc;
import dev.vertxrpc.RpcFailure;
import dev.vertxrpc.config.RpcConfig;
import dev.vertxrpc.runtime.RpcWorker;
import dev.vertxrpc.testing.TestGroup;
import dev.vertxrpc.testing.Wire;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.eventbus.EventBusOptions;
import io.vertx.core.json.JsonObject;
import io.vertx.test.fakecluster.FakeClusterManager;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A group on a cluster manager that tells nobody who has dropped out: leases find out. */
class OtherClusterTest {
  private static final int SIZE = 3;
  private static final String SILENT = "w2";

  private static Vertx member(int port, int publicPort) {
    EventBusOptions bus = new EventBusOptions().setHost("127.0.0.1").setPort(port)
        .setClusterPublicHost("127.0.0.1").setClusterPublicPort(publicPort);
    return get(Vertx.builder().with(new VertxOptions().setEventBusOptions(bus))
        .withClusterManager(new FakeClusterManager()).buildClustered());
  }

  private static JsonObject settings(int rank) {
    // Which of the two sides gives up the other first is not left to chance.
    return new JsonObject().put("name", "w" + rank).put("rank", rank).put("worldSize", SIZE)
        .put("leaseMs", rank == SIZE - 1 ? 60_000 : 1_000);
  }

  @Test
  void aWorkerThatNothingReachesIsLostWhenItsLeaseIsOverAndEnds() {
    List<Integer> ports = IntStream.range(0, SIZE).mapToObj(rank -> TestGroup.freePort()).toList();
    try (Wire wire = new Wire(ports.get(SIZE - 1))) {
      List<Vertx> members = IntStream.range(0, SIZE).mapToObj(rank ->
          member(ports.get(rank), rank == SIZE - 1 ? wire.port() : ports.get(rank))).toList();
      List<RpcWorker> workers = IntStream.range(0, SIZE).mapToObj(rank ->
          RpcWorker.create(members.get(rank), RpcConfig.from(settings(rank)))).toList();
      workers.stream().map(RpcWorker::join).toList().forEach(TestGroup::get);
      Rpc rpc = workers.get(0).rpc();
      RRef<Counter> there = rpc.on(SILENT).create(Counter::new, 1);
      RRef<Counter> handed = workers.get(2).rpc().on("w1").create(Counter::new, 1);
      assertThat(get(there.call(Counter::get)) + get(handed.call(Counter::get))).isEqualTo(2);
      Future<Void> pending = rpc.on(SILENT).call(Never::ends);

      wire.freeze();

      assertThat(failure(pending)).hasMessageContaining("acknowledged nothing")
          .satisfies(lost -> assertThat(RpcFailure.of(lost)).isEqualTo(RpcFailure.WORKER_LOST));
      assertThat(RpcFailure.of(failure(there.toHere()))).isEqualTo(RpcFailure.OWNER_LOST);
      get(workers.get(2).ended().timeout(30, TimeUnit.SECONDS));
      assertThat(get(rpc.on("w1").call(Ops::greet, "you"))).startsWith("hello you");
      assertThat(RpcFailure.of(failure(handed.toHere()))).as("at the one that was lost")
          .isIn(RpcFailure.NOT_JOINED, RpcFailure.OWNER_LOST);
      get(workers.get(0).leave());
      get(workers.get(1).leave());
      assertThat(workers.get(1).debugInfo().getInteger("owners")).as("values of the lost holder").isZero();
      members.forEach(vertx -> get(vertx.close()));
    }
  }
}
