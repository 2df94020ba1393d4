package dev.vertxrpc.cluster;

import static dev.vertxrpc.testing.Eventually.eventually;
import static dev.vertxrpc.testing.TestGroup.failure;
import static dev.vertxrpc.testing.TestGroup.get;
import static org.assertj.core.api.Assertions.assertThat;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.map.LocalMapStats;
import dev.vertxrpc.RRef;
import dev.vertxrpc.Rpc;
import dev.vertxrpc.RpcException;
import dev.vertxrpc.RpcFailure;
import dev.vertxrpc.config.RpcConfig;
import dev.vertxrpc.membership.Membership;
import dev.vertxrpc.runtime.Losses;
import dev.vertxrpc.runtime.RpcWorker;
import dev.vertxrpc.testing.TestGroup;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.json.JsonObject;
import io.vertx.spi.cluster.hazelcast.HazelcastClusterManager;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A member of the cluster drops out without a word. */
class ClusteredLossTest {
  @Test
  @Tag("T104")
  void failsWhatWaitsForTheLostWorkerAndNothingElse() {
    List<Vertx> members = TestGroup.cluster(3);
    List<RpcWorker> workers = IntStream.range(0, 3).mapToObj(rank -> RpcWorker.create(members.get(rank),
        RpcConfig.from(new JsonObject().put("name", "w" + rank).put("rank", rank).put("worldSize", 3)))).toList();
    workers.stream().map(RpcWorker::join).toList().forEach(TestGroup::get);
    Rpc rpc = workers.get(0).rpc();
    RRef<Counter> lost = rpc.on("w2").create(Counter::new, 1);
    RRef<Counter> kept = rpc.on("w1").create(Counter::new, 1);
    assertThat(get(lost.call(Counter::get)) + get(kept.call(Counter::get))).isEqualTo(2);
    Future<Void> pending = rpc.on("w2").call(Never::ends);
    Future<Void> round = rpc.collectives().barrier();

    // As in a process that was killed, it says no word about it.
    assertThat(Losses.kill(workers.get(2))).isTrue();
    terminate(members.get(2));

    RpcException failure = (RpcException) failure(pending);
    assertThat(failure.failure()).isEqualTo(RpcFailure.WORKER_LOST);
    assertThat(failure.mayHaveRun()).isTrue();
    assertThat(failure.worker()).hasValueSatisfying(worker -> assertThat(worker.name()).isEqualTo("w2"));
    assertThat(failure(round)).hasMessageContaining("w2");
    assertThat(RpcFailure.of(failure(lost.toHere()))).isEqualTo(RpcFailure.OWNER_LOST);
    assertThat(RpcFailure.of(failure(rpc.on("w2").call(Ops::greet, "x")))).isEqualTo(RpcFailure.NO_SUCH_WORKER);
    assertThat(get(kept.call(Counter::get))).isEqualTo(1);
    assertThat(failure(rpc.collectives().barrier())).hasMessageContaining("w2");
    kept.close();
    get(workers.get(0).leave());
    get(workers.get(1).leave());
    assertThat(workers.get(1).debugInfo().getInteger("forks")).isZero();
    members.stream().limit(2).forEach(vertx -> get(vertx.close()));
  }

  @Test
  void endsTheWorkerWhoseClusterIsEndedUnderIt() {
    List<Vertx> members = TestGroup.cluster(2);
    List<RpcWorker> workers = IntStream.range(0, 2).mapToObj(rank -> RpcWorker.create(members.get(rank),
        RpcConfig.from(new JsonObject().put("name", "w" + rank)))).toList();
    workers.forEach(worker -> get(worker.join()));
    Future<Void> its = workers.get(1).rpc().on("w0").call(Never::ends);
    Future<Void> onIt = workers.get(0).rpc().on("w1").call(Never::ends);

    terminate(members.get(1));

    assertThat(RpcFailure.of(failure(its))).isEqualTo(RpcFailure.NOT_JOINED);
    get(workers.get(1).ended());
    // Which news comes first is open.
    assertThat(RpcFailure.of(failure(onIt))).isIn(RpcFailure.WORKER_LEFT, RpcFailure.WORKER_LOST);
    get(workers.get(0).leave());
    get(members.get(0).close());
  }

  @Test
  void everyProcessHasACopyOfTheGroupsEntry() {
    List<Vertx> members = TestGroup.cluster(3);
    RpcWorker worker = RpcWorker.create(members.get(0), RpcConfig.from(new JsonObject().put("name", "w0")));
    get(worker.join());

    // Those of a partition that has just been given to new members come a moment later.
    members.forEach(member -> eventually("a copy in " + hazelcast(member).getName(), () -> copies(member) == 1));
    get(worker.leave());
    members.forEach(member -> get(member.close()));
  }

  private static long copies(Vertx vertx) {
    LocalMapStats figures = hazelcast(vertx).getMap(Membership.MAP).getLocalMapStats();
    return figures.getOwnedEntryCount() + figures.getBackupEntryCount();
  }

  private static HazelcastInstance hazelcast(Vertx vertx) {
    return ((HazelcastClusterManager) ((VertxInternal) vertx).clusterManager()).getHazelcastInstance();
  }

  private static void terminate(Vertx vertx) {
    hazelcast(vertx).getLifecycleService().terminate();
  }
}
