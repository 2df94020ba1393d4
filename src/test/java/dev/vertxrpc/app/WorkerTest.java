package dev.vertxrpc.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** One worker as its user starts it. */
@Timeout(120)
class WorkerTest {
  /** Nobody else comes in it; it covers the start of the cluster, which takes long where much else runs. */
  private static final int LIMIT_MILLIS = 10_000;

  @TempDir
  private Path folder;

  private String config(String name, int worldSize, int port) throws IOException {
    String json = """
        {"name": "%s", "group": "g", "worldSize": %d, "rank": 0, "joinTimeoutMs": %d,
         "cluster": {"port": %d, "members": ["127.0.0.1:%d"]}}"""
        .formatted(name, worldSize, worldSize == 1 ? 60_000 : LIMIT_MILLIS, port, port);
    return Files.writeString(folder.resolve(name + ".json"), json).toString();
  }

  private static int freePort() throws IOException {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return free.getLocalPort();
    }
  }

  @Test
  void saysThatItHasJoinedAndNothingElseUntilItIsTerminated() throws Exception {
    try (Launched worker = Launched.start("worker", "--config", config("alone", 1, freePort()))) {
      worker.awaitLine("has joined");

      worker.process().destroy();

      assertThat(worker.exitStatus()).isEqualTo(143);
      assertThat(worker.out()).isEmpty();
      assertThat(worker.err()).hasSize(1).first().asString()
          .endsWith("alone has joined group g as rank 0 of 1");
    }
  }

  @Test
  void stopsWhenItsInputEndsWhereThatIsAskedFor() throws Exception {
    String config = config("child", 1, freePort());
    try (Launched worker = Launched.start("worker", "--stop-on-eof", "--config", config)) {
      worker.awaitLine("has joined");

      worker.process().getOutputStream().close();

      assertThat(worker.exitStatus()).isZero();
    }
  }

  @Test
  void namesAPortThatIsInUse() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String config = config("late", 1, taken.getLocalPort());
      try (Launched worker = Launched.start("worker", "--config", config)) {
        assertThat(worker.exitStatus()).isEqualTo(2);
        assertThat(worker.err()).hasSize(1).first().asString()
            .startsWith("vertx-rpc: " + config + ": cluster.port: found " + taken.getLocalPort());
      }
    }
  }

  @Test
  void namesWhoIsMissing() throws Exception {
    try (Launched worker = Launched.start("worker", "--config", config("early", 3, freePort()))) {
      assertThat(worker.exitStatus()).isEqualTo(1);
      assertThat(worker.err()).last().asString()
          .startsWith("vertx-rpc: early could not join group g within ").contains("missing ranks [1, 2]");
    }
  }
}
