package dev.vertxrpc.runtime;

import com.hazelcast.config.Config;
import com.hazelcast.config.NetworkConfig;
import com.hazelcast.config.TcpIpConfig;
import dev.vertxrpc.RpcException;
import dev.vertxrpc.RpcFailure;
import dev.vertxrpc.config.ClusterConfig;
import dev.vertxrpc.config.RpcConfig;
import dev.vertxrpc.membership.Membership;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.eventbus.EventBusOptions;
import io.vertx.spi.cluster.hazelcast.ConfigUtil;
import io.vertx.spi.cluster.hazelcast.HazelcastClusterManager;
import java.net.InetAddress;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Builds a clustered Vert.x instance from the {@code cluster} part of a config: TCP join among the seeds, on
 * the one interface that is named, no multicast and no calls home. Pure functions.
 */
public final class RpcVertx {
  private static final int BUS_CONNECT_MILLIS = 5_000;
  private static final int BUS_PING_MILLIS = 5_000;
  /** More copies Hazelcast does not keep. */
  private static final int MOST_BACKUPS = 6;
  /** What Hazelcast says of a port that it cannot bind. */
  private static final String PORT_TAKEN = "already in use";

  private RpcVertx() {}

  /**
   * A clustered Vert.x instance. Completes when it is in the cluster; fails with a
   * {@link dev.vertxrpc.config.ConfigException} when host or port cannot be had, and with NOT_JOINED when no seed
   * answers, or takes this node in, within {@code joinTimeoutMs}. What becomes of it later is closed again. The Future
   * completes on a thread of the new instance, or fails on any.
   */
  public static Future<Vertx> start(RpcConfig config) {
    ClusterConfig cluster = config.cluster().orElseGet(ClusterConfig::defaults);
    long limitMillis = config.joinTimeoutMs();
    long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(limitMillis);
    return ClusterGate.open(cluster, limitMillis).compose(address -> before(deadline,
        build(cluster, address, leftMillis(deadline)), () -> RpcException.of(RpcFailure.NOT_JOINED,
            "the cluster " + cluster.name() + " at " + cluster.members() + " has not taken the node at "
                + address.getHostAddress() + ":" + cluster.port() + " in within " + limitMillis + " ms")));
  }

  private static long leftMillis(long deadline) {
    return Math.max(1, TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime()));
  }

  // Nobody would close an instance that comes when the failure has been told.
  private static Future<Vertx> before(long deadline, Future<Vertx> built, Supplier<RpcException> late) {
    Promise<Vertx> started = Promise.promise();
    built.timeout(leftMillis(deadline), TimeUnit.MILLISECONDS).onComplete(inTime -> {
      if (inTime.succeeded()) {
        started.complete(inTime.result());
      } else if (built.failed()) {
        started.fail(inTime.cause());
      } else {
        started.fail(late.get());
        built.onSuccess(Vertx::close);
      }
    });
    return started.future();
  }

  private static Future<Vertx> build(ClusterConfig cluster, InetAddress address, long limitMillis) {
    EventBusOptions bus = new EventBusOptions()
        .setHost(address.getHostAddress())
        .setConnectTimeout(BUS_CONNECT_MILLIS)
        .setClusterPingInterval(BUS_PING_MILLIS)
        .setClusterPingReplyInterval(BUS_PING_MILLIS);
    return Vertx.builder()
        // Epoll where its library is on the class path and fits this machine, else Java's own selector.
        .with(new VertxOptions().setEventBusOptions(bus).setPreferNativeTransport(true))
        .withClusterManager(new HazelcastClusterManager(hazelcast(cluster, address, limitMillis)))
        .buildClustered()
        // Somebody took the port between the gate and the start.
        .recover(cause -> Future.failedFuture(String.valueOf(cause.getMessage()).contains(PORT_TAKEN)
            ? ClusterGate.refused(address, cluster.port(), cause.getMessage()) : cause));
  }

  private static Config hazelcast(ClusterConfig cluster, InetAddress address, long limitMillis) {
    // Before the first instance, which reads it once for the whole JVM.
    System.setProperty("hazelcast.logging.type", System.getProperty("hazelcast.logging.type", "slf4j"));
    Config config = ConfigUtil.loadConfig();
    config.setClusterName(cluster.name());
    NetworkConfig network = config.getNetworkConfig();
    network.setPort(cluster.port()).setPortAutoIncrement(false);
    network.getInterfaces().setEnabled(true).addInterface(address.getHostAddress());
    network.getJoin().getAutoDetectionConfig().setEnabled(false);
    network.getJoin().getMulticastConfig().setEnabled(false);
    TcpIpConfig tcp = network.getJoin().getTcpIpConfig().setEnabled(true);
    cluster.members().forEach(tcp::addMember);
    config.setProperty("hazelcast.socket.bind.any", "false");
    config.setProperty("hazelcast.phone.home.enabled", "false");
    config.setProperty("hazelcast.wait.seconds.before.join", "0");
    // It gives up by itself, when nobody waits for it any more.
    config.setProperty("hazelcast.max.join.seconds", seconds(limitMillis + 1_000));
    config.setProperty("hazelcast.tcp.join.port.try.count", "1");
    config.setProperty("hazelcast.heartbeat.interval.seconds", seconds(cluster.heartbeatIntervalMs()));
    config.setProperty("hazelcast.max.no.heartbeat.seconds", seconds(cluster.heartbeatTimeoutMs()));
    config.setProperty("hazelcast.merge.first.run.delay.seconds", "5");
    config.setProperty("hazelcast.merge.next.run.delay.seconds", "5");
    config.setProperty("hazelcast.graceful.shutdown.max.wait", "10");
    // Whoever is left of a group has to find its entry, however many go at once.
    config.getMapConfig(Membership.MAP).setAsyncBackupCount(0).setBackupCount(MOST_BACKUPS);
    config.getMetricsConfig().setEnabled(false);
    return config;
  }

  // Hazelcast counts in whole seconds.
  private static String seconds(long millis) {
    return Long.toString(Math.max(1, TimeUnit.MILLISECONDS.toSeconds(millis + 999)));
  }
}
