package dev.vertxrpc.runtime;

import dev.vertxrpc.RpcException;
import dev.vertxrpc.RpcFailure;
import dev.vertxrpc.config.ClusterConfig;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Waits until one of the cluster's seeds answers. A node that started before every seed would found a
 * cluster of its own, and the two would meet only when they merge, minutes later or not at all; so a node
 * that is no seed waits. There is no Vert.x instance yet, so the waiting is done by a plain thread of its
 * own. Pure function.
 */
final class SeedGate {
  private static final Logger LOG = LoggerFactory.getLogger(SeedGate.class);
  private static final int CONNECT_MILLIS = 1_000;
  private static final Duration REPORT_EVERY = Duration.ofSeconds(5);
  private static final Duration PAUSE = Duration.ofMillis(100);

  private SeedGate() {}

  /** Completes, on the gate's thread, when a seed answers; fails with NOT_JOINED after that many millis. */
  static Future<Void> open(ClusterConfig cluster, long limitMillis) {
    Promise<Void> promise = Promise.promise();
    Thread thread = new Thread(() -> {
      if (waitForOne(cluster.members(), limitMillis)) {
        promise.complete();
      } else {
        promise.fail(RpcException.of(RpcFailure.NOT_JOINED, "no member of the cluster answered at "
            + cluster.members() + " within " + limitMillis + " ms"));
      }
    }, "vertx-rpc-seed-gate");
    thread.setDaemon(true);
    thread.start();
    return promise.future();
  }

  private static boolean waitForOne(List<String> seeds, long limitMillis) {
    long start = System.nanoTime();
    long nextReport = REPORT_EVERY.toNanos();
    while (System.nanoTime() - start < Duration.ofMillis(limitMillis).toNanos()) {
      if (seeds.stream().anyMatch(SeedGate::answers)) {
        return true;
      }
      if (System.nanoTime() - start > nextReport) {
        nextReport += REPORT_EVERY.toNanos();
        LOG.info("event=waiting-for-cluster members={}", seeds);
      }
      LockSupport.parkNanos(PAUSE.toNanos());
    }
    return false;
  }

  private static boolean answers(String seed) {
    int colon = seed.lastIndexOf(':');
    String host = seed.substring(0, colon).replace("[", "").replace("]", "");
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(host, Integer.parseInt(seed.substring(colon + 1))), CONNECT_MILLIS);
      return true;
    } catch (IOException silent) {
      return false;
    }
  }
}
