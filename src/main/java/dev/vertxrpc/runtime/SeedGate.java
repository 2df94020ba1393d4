package dev.vertxrpc.runtime;

import dev.vertxrpc.config.ClusterConfig;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Waits until one of the cluster's seeds answers. A node that started before every seed would found a
 * cluster of its own, and the two would meet only when they merge, minutes later or not at all; so a
 * node that is no seed waits. Confined to one start.
 */
final class SeedGate {
  private static final int CONNECT_MILLIS = 1_000;
  private static final long AGAIN_MILLIS = 100;

  private final Vertx vertx;
  private final ClusterConfig cluster;
  private final NetClient client;
  private final long deadlineNanos;
  private final long limitMillis;

  SeedGate(Vertx vertx, ClusterConfig cluster, long limitMillis) {
    this.vertx = vertx;
    this.cluster = cluster;
    this.client = vertx.createNetClient(new NetClientOptions().setConnectTimeout(CONNECT_MILLIS));
    this.limitMillis = limitMillis;
    this.deadlineNanos = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(limitMillis);
  }

  Future<Void> pass() {
    return tryOne(0).eventually(client::close);
  }

  private Future<Void> tryOne(int index) {
    List<String> seeds = cluster.members();
    return client.connect(port(seeds.get(index)), host(seeds.get(index)))
        .compose(socket -> socket.close())
        .recover(unreachable -> {
          if (System.nanoTime() - deadlineNanos > 0) {
            return Future.failedFuture(RpcVertx.unreachable(seeds, limitMillis));
          }
          return vertx.timer(AGAIN_MILLIS).compose(again -> tryOne((index + 1) % seeds.size()));
        });
  }

  private static String host(String member) {
    String host = member.substring(0, member.lastIndexOf(':'));
    return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
  }

  private static int port(String member) {
    return Integer.parseInt(member.substring(member.lastIndexOf(':') + 1));
  }
}
