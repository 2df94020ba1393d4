package dev.vertxrpc.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The demo as its user starts it: processes, a cluster, and what goes wrong with them. */
@Timeout(180)
class DemoTest {
  @Test
  void trainsInProcessesAndEndsWithASummary() throws Exception {
    try (Launched demo = Launched.start("demo", "--json", "--epochs", "12")) {
      assertThat(demo.exitStatus()).as(demo.toString()).isZero();

      JsonObject summary = new JsonObject(demo.out().get(demo.out().size() - 1));
      assertThat(demo.out()).hasSize(13).first().asString().startsWith("epoch   1/12  loss ");
      assertThat(summary.getInteger("workers")).isEqualTo(4);
      assertThat(summary.getInteger("processes")).isEqualTo(4);
      assertThat(summary.getInteger("epochs")).isEqualTo(12);
      assertThat(summary.getDouble("accuracy")).isBetween(0.93, 1.0);
      assertThat(summary.getLong("updates")).isEqualTo(12 * 3 * 60);
      assertThat(summary.getLong("calls")).isGreaterThan(12 * 3 * 60);
      assertThat(summary.getLong("callP50Us")).isBetween(1L, summary.getLong("callP99Us"));
      assertThat(summary.getInteger("rrefsLeft")).isZero();
    }
  }

  @Test
  void trainsInOneProcess() throws Exception {
    try (Launched demo = Launched.start("demo", "--in-process", "--trainers", "2", "--epochs", "12")) {
      assertThat(demo.exitStatus()).as(demo.toString()).isZero();

      assertThat(demo.err()).isEmpty();
      assertThat(demo.out()).last().asString().startsWith("workers          3 in 1 processes");
    }
  }

  @Test
  void failsWhenTooLittleWasLearned() throws Exception {
    try (Launched demo = Launched.start("demo", "--in-process", "--trainers", "12", "--epochs", "1")) {
      assertThat(demo.exitStatus()).as(demo.toString()).isEqualTo(1);

      assertThat(demo.err()).hasSize(1).first().asString()
          .matches("vertx-rpc: accuracy 0\\.\\d+, expected at least 0.93");
    }
  }

  @Test
  void endsWithAnErrorThatNamesTheTrainerThatWasKilled() throws Exception {
    try (Launched demo = Launched.start("demo", "--trainers", "2", "--epochs", "100000")) {
      demo.awaitLine("epoch   1/");
      ProcessHandle victim = demo.child("name=trainer-1");

      long killed = System.nanoTime();
      victim.destroyForcibly();

      assertThat(demo.exitStatus()).isEqualTo(1);
      assertThat(Duration.ofNanos(System.nanoTime() - killed)).isLessThan(Duration.ofSeconds(10));
      assertThat(demo.err()).last().asString()
          .isEqualTo("vertx-rpc: trainer-1 (process " + victim.pid() + ") was ended by signal 9");
      assertThat(demo.err())
          .anyMatch(line -> line.startsWith("trainer-0: ") && line.contains("trainer-1"))
          .anyMatch(line -> line.startsWith("server: ") && line.contains("trainer-1"))
          .noneMatch(line -> line.startsWith("\t") || line.contains("\tat "));
      demo.awaitNoChildren();
    }
  }

  @Test
  void endsAllWhenATrainerIsKilledAsItStarts() throws Exception {
    try (Launched demo = Launched.start("demo")) {
      endsAllWithout(demo, demo.awaitChild("name=trainer-2"));
    }
  }

  @Test
  void endsAllWhenATrainerIsKilledThatOthersWaitFor() throws Exception {
    try (Launched demo = Launched.start("demo")) {
      ProcessHandle victim = demo.awaitChild("name=trainer-2");
      demo.awaitListening("cluster.port=");

      endsAllWithout(demo, victim);
    }
  }

  private static void endsAllWithout(Launched demo, ProcessHandle victim) throws InterruptedException {
    victim.destroyForcibly();

    assertThat(demo.exitStatus()).as(demo.toString()).isEqualTo(1);
    assertThat(demo.out()).isEmpty();
    // None of the others had to be killed.
    assertThat(demo.err()).last().asString()
        .isEqualTo("vertx-rpc: trainer-2 (process " + victim.pid() + ") was ended by signal 9");
    demo.awaitNoChildren();
  }

  @Test
  void takesItsProcessesWithItWhenItIsTerminated() throws Exception {
    try (Launched demo = Launched.start("demo", "--trainers", "1", "--epochs", "100000")) {
      demo.awaitLine("epoch   1/");
      demo.child("name=trainer-0");

      demo.process().destroy();

      assertThat(demo.exitStatus()).isEqualTo(143);
      demo.awaitNoChildren();
    }
  }

  @Test
  void takesItsProcessesWithItWhenItIsKilled() throws Exception {
    try (Launched demo = Launched.start("demo", "--trainers", "1", "--epochs", "100000")) {
      demo.awaitLine("epoch   1/");
      demo.child("name=trainer-0");

      demo.process().destroyForcibly();

      demo.awaitNoChildren();
    }
  }
}
