package dev.vertxrpc.runtime;

import static dev.vertxrpc.testing.TestGroup.failure;
import static dev.vertxrpc.testing.TestGroup.get;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxrpc.RpcFailure;
import dev.vertxrpc.config.ConfigException;
import dev.vertxrpc.config.RpcConfig;
import dev.vertxrpc.testing.TestGroup;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Nodes of a cluster that cannot start. */
class ClusterStartTest {
  private static final int LIMIT_MS = 4_000;
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private Set<Thread> before;

  @BeforeEach
  void look() {
    before = Thread.getAllStackTraces().keySet();
  }

  @Test
  void endsInTimeWhereASeedListensAndSaysNothing() throws IOException {
    try (ServerSocket mute = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      long start = System.nanoTime();
      Throwable late = failure(RpcVertx.start(config(0, mute.getLocalPort())));
      Duration took = Duration.ofNanos(System.nanoTime() - start);

      assertThat(RpcFailure.of(late)).isEqualTo(RpcFailure.NOT_JOINED);
      assertThat(late).hasMessage("the cluster mute at [127.0.0.1:" + mute.getLocalPort()
          + "] has not taken the node at 127.0.0.1:0 in within " + LIMIT_MS + " ms");
      assertThat(took).isLessThan(Duration.ofMillis(LIMIT_MS).plusSeconds(2));
      awaitNothingIsLeft();
    }
  }

  @Test
  void closesWhatHasStartedTooLate() {
    int port = TestGroup.freePort();

    assertThat(failure(RpcVertx.start(config(port, port, 20)))).hasMessageEndingWith(" in within 20 ms");

    awaitNothingIsLeft();
  }

  @Test
  void endsAWorkersJoinAsWell() throws IOException {
    try (ServerSocket mute = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      RpcWorker worker = RpcWorker.create(config(0, mute.getLocalPort()));

      assertThat(failure(worker.join())).hasMessageContaining("has not taken the node at ");
      get(worker.ended());
      awaitNothingIsLeft();
    }
  }

  @Test
  void saysWhoseAnswerItWaitedFor() {
    int port = TestGroup.freePort();

    Throwable late = failure(RpcVertx.start(config(0, port)));

    assertThat(RpcFailure.of(late)).isEqualTo(RpcFailure.NOT_JOINED);
    assertThat(late).hasMessage("no member of the cluster answered at [127.0.0.1:" + port + "] within " + LIMIT_MS
        + " ms");
    awaitNothingIsLeft();
  }

  @Test
  void refusesAPortThatIsTakenAtOnce() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      long start = System.nanoTime();

      Throwable refused = failure(RpcVertx.start(config(taken.getLocalPort(), taken.getLocalPort())));

      assertThat(refused).isInstanceOf(ConfigException.class)
          .hasMessageContaining(taken.getLocalPort() + ", which 127.0.0.1 refuses (");
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofMillis(LIMIT_MS));
    }
  }

  private static RpcConfig config(int port, int seed) {
    return config(port, seed, LIMIT_MS);
  }

  private static RpcConfig config(int port, int seed, int limitMillis) {
    return RpcConfig.from(new JsonObject().put("name", "w0").put("joinTimeoutMs", limitMillis)
        .put("cluster", new JsonObject().put("name", "mute").put("port", port)
            .put("members", new JsonArray().add("127.0.0.1:" + seed))));
  }

  // Hazelcast and Vert.x tell nobody when their threads have ended.
  private void awaitNothingIsLeft() {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    List<String> left = left();
    while (!left.isEmpty() && System.nanoTime() < deadline) {
      LockSupport.parkNanos(50_000_000);
      left = left();
    }
    assertThat(left).as("threads left").isEmpty();
  }

  private List<String> left() {
    return Thread.getAllStackTraces().keySet().stream().filter(thread -> !before.contains(thread))
        .map(Thread::getName).filter(name -> name.startsWith("hz.") || name.startsWith("vert.x-")
            || name.startsWith("vertx-rpc-cluster-gate")).sorted().toList();
  }
}
