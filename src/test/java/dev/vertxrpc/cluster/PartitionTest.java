package dev.vertxrpc.cluster;

import static dev.vertxrpc.testing.TestGroup.failure;
import static dev.vertxrpc.testing.TestGroup.get;
import static org.assertj.core.api.Assertions.assertThat;

import com.hazelcast.config.Config;
import com.hazelcast.config.NetworkConfig;
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
import io.vertx.spi.cluster.hazelcast.ConfigUtil;
import io.vertx.spi.cluster.hazelcast.HazelcastClusterManager;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Two halves of a cluster lose each other, go on alone, and meet again: one half learns that it was lost. */
class PartitionTest {
  private static final int HALVES = 2;

  private final List<Integer> clusterPorts = ports();
  private final List<Integer> busPorts = ports();
  private final List<Wire> clusterWires = clusterPorts.stream().map(Wire::new).toList();
  private final List<Wire> busWires = busPorts.stream().map(Wire::new).toList();

  private static List<Integer> ports() {
    return IntStream.range(0, HALVES).mapToObj(half -> TestGroup.freePort()).toList();
  }

  @AfterEach
  void close() {
    clusterWires.forEach(Wire::close);
    busWires.forEach(Wire::close);
  }

  /** A member that the other reaches over wires only. */
  private Vertx member(int half) {
    Config config = ConfigUtil.loadConfig();
    config.setClusterName("halves-" + clusterPorts.get(0));
    NetworkConfig network = config.getNetworkConfig();
    network.setPort(clusterPorts.get(half)).setPortAutoIncrement(false)
        .setPublicAddress("127.0.0.1:" + clusterWires.get(half).port());
    network.getInterfaces().setEnabled(true).addInterface("127.0.0.1");
    network.getJoin().getAutoDetectionConfig().setEnabled(false);
    network.getJoin().getMulticastConfig().setEnabled(false);
    network.getJoin().getTcpIpConfig().setEnabled(true);
    clusterWires.forEach(wire -> network.getJoin().getTcpIpConfig().addMember("127.0.0.1:" + wire.port()));
    config.setProperty("hazelcast.phone.home.enabled", "false");
    config.setProperty("hazelcast.heartbeat.interval.seconds", "1");
    config.setProperty("hazelcast.max.no.heartbeat.seconds", "3");
    config.setProperty("hazelcast.merge.first.run.delay.seconds", "3");
    config.setProperty("hazelcast.merge.next.run.delay.seconds", "2");
    config.setProperty("hazelcast.wait.seconds.before.join", "0");
    EventBusOptions bus = new EventBusOptions().setHost("127.0.0.1").setPort(busPorts.get(half))
        .setClusterPublicHost("127.0.0.1").setClusterPublicPort(busWires.get(half).port());
    return get(Vertx.builder().with(new VertxOptions().setEventBusOptions(bus))
        .withClusterManager(new HazelcastClusterManager(config)).buildClustered());
  }

  private static RpcWorker join(Vertx vertx, String name) {
    RpcWorker worker = RpcWorker.create(vertx, RpcConfig.from(new JsonObject().put("name", name)
        .put("leaseMs", 2_000)));
    get(worker.join());
    return worker;
  }

  @Test
  void oneHalfGoesOnAndTheOtherSaysThatItWasLost() {
    List<Vertx> members = List.of(member(0), member(1));
    List<RpcWorker> workers = List.of(join(members.get(0), "w0"), join(members.get(1), "w1"));
    Rpc rpc = workers.get(0).rpc();
    RRef<Counter> there = rpc.on("w1").create(Counter::new, 1);
    assertThat(get(there.call(Counter::get))).isEqualTo(1);
    Future<Void> pending = rpc.on("w1").call(Never::ends);

    clusterWires.forEach(Wire::cut);
    busWires.forEach(Wire::cut);

    assertThat(RpcFailure.of(failure(pending))).isEqualTo(RpcFailure.WORKER_LOST);
    assertThat(RpcFailure.of(failure(there.toHere()))).isEqualTo(RpcFailure.OWNER_LOST);
    assertThat(rpc.group().worker("w1")).isEmpty();

    clusterWires.forEach(Wire::mend);
    busWires.forEach(Wire::mend);
    get(Future.any(workers.get(0).ended(), workers.get(1).ended()).timeout(60, TimeUnit.SECONDS));
    int lost = workers.get(0).ended().isComplete() ? 0 : 1;
    RpcWorker survivor = workers.get(1 - lost);
    assertThat(survivor.ended().isComplete()).isFalse();

    assertThat(survivor.rpc().group().workers()).containsExactly(survivor.rpc().self());
    workers.forEach(worker -> get(worker.close()));
    members.forEach(vertx -> get(vertx.close()));
  }
}
