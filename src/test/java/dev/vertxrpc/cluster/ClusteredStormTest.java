package dev.vertxrpc.cluster;

import static dev.vertxrpc.testing.TestGroup.get;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxrpc.Group;
import dev.vertxrpc.Rpc;
import dev.vertxrpc.config.RpcConfig;
import dev.vertxrpc.runtime.RpcWorker;
import dev.vertxrpc.testing.TestGroup;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.json.JsonObject;
import io.vertx.spi.cluster.hazelcast.HazelcastClusterManager;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Thirty joins, leaves and deaths in random order, on the members of a Hazelcast cluster. */
@Timeout(180)
class ClusteredStormTest {
  private static final int CHANGES = 30;
  private static final int NODES = 5;
  private static final long LIMIT_SECONDS = 60;

  private final List<Vertx> nodes = new ArrayList<>(TestGroup.cluster(NODES));
  /** Who has not been told to go, or been killed, and in which node it lives. */
  private final Map<RpcWorker, Vertx> staying = new LinkedHashMap<>();
  private final Map<RpcWorker, Future<Rpc>> joins = new LinkedHashMap<>();
  private final List<Future<?>> ends = new ArrayList<>();
  private final long seed = Long.getLong("seed", System.nanoTime());
  private final Random random = new Random(seed);

  @Test
  void endsWithOneViewEverywhere() {
    System.out.println("ClusteredStormTest: replay with -Dseed=" + seed);
    for (int i = 0; i < CHANGES; i++) {
      change();
      if (random.nextInt(3) == 0) {
        // Otherwise the next change comes into the middle of this one.
        staying.keySet().stream().map(joins::get).forEach(joined -> get(joined.otherwiseEmpty()));
      }
    }
    join();
    joins.values().forEach(joined -> get(joined.otherwiseEmpty()));
    ends.forEach(ended -> get(ended.otherwiseEmpty()));

    List<Rpc> living = staying.keySet().stream().map(joins::get).filter(Future::succeeded).map(Future::result).toList();
    eventually(() -> living.stream().map(Rpc::group).distinct().count() == 1
        && living.get(0).group().workers().size() == living.size());

    assertThat(staying.keySet()).as("who stays").allMatch(worker -> !worker.ended().isComplete()
        && joins.get(worker).succeeded());
    for (Rpc from : living) {
      living.forEach(to -> assertThat(get(from.on(to.self().name()).call(Ops::greet, "ada")))
          .isEqualTo("hello ada from " + to.self().name()));
    }
    staying.keySet().forEach(worker -> get(worker.leave()));
    nodes.forEach(node -> get(node.close()));
  }

  private void change() {
    List<RpcWorker> workers = List.copyOf(staying.keySet());
    int kind = random.nextInt(10);
    if (workers.size() < 2 || kind < 5) {
      join();
    } else if (kind < 9) {
      RpcWorker one = workers.get(random.nextInt(workers.size()));
      staying.remove(one);
      ends.add(kind < 8 ? one.leave() : one.close());
    } else if (nodes.size() > 2) {
      kill(nodes.remove(1 + random.nextInt(nodes.size() - 1)));
    }
  }

  private void join() {
    Vertx node = nodes.get(random.nextInt(nodes.size()));
    RpcWorker worker = RpcWorker.create(node,
        RpcConfig.from(new JsonObject().put("name", "w-*").put("group", "storm")));
    staying.put(worker, node);
    joins.put(worker, worker.join());
  }

  /** Without a word, and with all workers in it. */
  private void kill(Vertx node) {
    staying.entrySet().stream().filter(each -> each.getValue().equals(node)).forEach(each ->
        joins.remove(each.getKey()));
    staying.values().removeIf(node::equals);
    ((HazelcastClusterManager) ((VertxInternal) node).clusterManager()).getHazelcastInstance()
        .getLifecycleService().terminate();
  }

  private void eventually(BooleanSupplier condition) {
    Promise<Void> holds = Promise.promise();
    long timer = nodes.get(0).setPeriodic(20, look -> {
      if (condition.getAsBoolean()) {
        holds.tryComplete();
      }
    });
    get(holds.future().timeout(LIMIT_SECONDS, TimeUnit.SECONDS).recover(late -> Future.failedFuture(
        new AssertionError("views: " + staying.keySet().stream().map(joins::get).filter(Future::succeeded)
            .map(joined -> joined.result().group()).map(Group::toString).distinct().toList()))));
    nodes.get(0).cancelTimer(timer);
  }
}
