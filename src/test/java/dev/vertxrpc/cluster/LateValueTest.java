package dev.vertxrpc.cluster;

import static dev.vertxrpc.testing.TestGroup.failure;
import static dev.vertxrpc.testing.TestGroup.get;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxrpc.RRef;
import dev.vertxrpc.RemoteWorker;
import dev.vertxrpc.RpcFailure;
import dev.vertxrpc.testing.Gates;
import dev.vertxrpc.testing.TestGroup;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Functions that run when the time of the value is over which they make: they are given up like any other. */
class LateValueTest {
  private static final Duration SHORT = Duration.ofMillis(150);

  private final TestGroup group = TestGroup.local(2, new JsonObject().put("executor", "pool")
      .put("blockingThreads", 1).put("limits", new JsonObject().put("maxCallsPerPeer", 2)));
  private final String gate = Gates.name();

  @AfterEach
  void close() {
    group.close();
  }

  private RemoteWorker hasty() {
    return group.rpc(0).on("w1").withTimeout(SHORT);
  }

  private static void assertLate(RRef<?> value) {
    assertThat(RpcFailure.of(failure(value.toHere()))).isEqualTo(RpcFailure.TIMEOUT);
  }

  @Test
  void areToldAndLetGoOf() {
    try (RRef<String> value = hasty().remote(Waiting::untilCancelled, gate)) {
      assertLate(value);

      get(Gates.opened(gate + "-cancelled"));
      assertThat(Waiting.NOTED).contains("cancelled " + gate + " true");
      group.eventually("nothing runs", () -> group.figure(1, "runningCalls") == 0);
    }
  }

  @Test
  void areInterruptedWhereTheyBlock() {
    try (RRef<String> value = hasty().remote(Waiting::block, gate)) {
      assertLate(value);

      get(Gates.opened(gate + "-interrupted"));
      assertThat(get(group.rpc(0).on("w1").call(Functions::self))).as("on the only thread").isEqualTo("w1");
    }
  }

  @Test
  void keepNoOthersOutWhereTheyNeverEnd() {
    for (int i = 0; i < 2; i++) {
      try (RRef<String> value = hasty().remote(Functions::pend, gate)) {
        assertLate(value);
      }
    }
    group.eventually("nothing runs", () -> group.figure(1, "runningCalls") == 0);

    assertThat(get(group.rpc(0).on("w1").call(Functions::self))).isEqualTo("w1");
  }
}
