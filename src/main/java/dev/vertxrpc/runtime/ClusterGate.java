package dev.vertxrpc.runtime;

import dev.vertxrpc.RpcException;
import dev.vertxrpc.RpcFailure;
import dev.vertxrpc.config.ClusterConfig;
import dev.vertxrpc.config.ConfigException;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What must hold before a node of the cluster starts: its host is this one, its port is free, and unless it is
 * a seed itself, a seed answers. A node that started before every seed would found a cluster of its own, and
 * the two would meet only when they merge, minutes later or not at all. There is no Vert.x instance yet, so
 * the asking and waiting is done by a plain thread. Pure function.
 */
final class ClusterGate {
  private static final Logger LOG = LoggerFactory.getLogger(ClusterGate.class);
  private static final int CONNECT_MILLIS = 1_000;
  private static final Duration REPORT_EVERY = Duration.ofSeconds(5);
  private static final Duration PAUSE = Duration.ofMillis(100);

  private ClusterGate() {}

  /**
   * Completes, on the gate's thread, with the address to bind. Fails with a {@link ConfigException} about host
   * or port, and with NOT_JOINED when no seed answers within that many millis.
   */
  static Future<InetAddress> open(ClusterConfig cluster, long limitMillis) {
    Promise<InetAddress> promise = Promise.promise();
    Thread thread = new Thread(() -> {
      try {
        InetAddress address = address(cluster.host());
        checkPort(address, cluster.port());
        if (!cluster.isSeed()) {
          waitForSeed(cluster.members(), limitMillis);
        }
        promise.complete(address);
      } catch (RuntimeException refused) {
        promise.fail(refused);
      }
    }, "vertx-rpc-cluster-gate");
    thread.setDaemon(true);
    thread.start();
    return promise.future();
  }

  private static InetAddress address(String host) {
    try {
      InetAddress address = InetAddress.getByName(host);
      if (NetworkInterface.getByInetAddress(address) == null) {
        throw ConfigException.found("cluster.host", host + ", which is no address of this host",
            "the name or address of one of its interfaces");
      }
      return address;
    } catch (UnknownHostException unknown) {
      throw ConfigException.found("cluster.host", host + ", which has no address", "a host name that has one");
    } catch (IOException unreadable) {
      throw ConfigException.found("cluster.host", host + " (" + unreadable.getMessage() + ")",
          "the name or address of an interface");
    }
  }

  private static void checkPort(InetAddress address, int port) {
    try (ServerSocket probe = new ServerSocket()) {
      probe.setReuseAddress(true);
      probe.bind(new InetSocketAddress(address, port));
    } catch (IOException taken) {
      throw refused(address, port, taken.getMessage());
    }
  }

  static ConfigException refused(InetAddress address, int port, String why) {
    return ConfigException.found("cluster.port", port + ", which " + address.getHostAddress() + " refuses (" + why
        + ")", "a free port, or 0 for any that is free");
  }

  private static void waitForSeed(List<String> seeds, long limitMillis) {
    long start = System.nanoTime();
    long nextReport = REPORT_EVERY.toNanos();
    while (seeds.stream().noneMatch(ClusterGate::answers)) {
      long waited = System.nanoTime() - start;
      if (waited > Duration.ofMillis(limitMillis).toNanos()) {
        throw RpcException.of(RpcFailure.NOT_JOINED, "no member of the cluster answered at " + seeds + " within "
            + limitMillis + " ms");
      }
      if (waited > nextReport) {
        nextReport += REPORT_EVERY.toNanos();
        LOG.info("event=waiting-for-cluster members={}", seeds);
      }
      LockSupport.parkNanos(PAUSE.toNanos());
    }
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
