package dev.vertxrpc.cluster;

import static dev.vertxrpc.testing.TestGroup.failure;
import static dev.vertxrpc.testing.TestGroup.get;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxrpc.RRef;
import dev.vertxrpc.RpcException;
import dev.vertxrpc.RpcFailure;
import dev.vertxrpc.testing.TestGroup;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Values whose time is over before their function has ended, on a worker with a single thread. */
class LateWorkTest {
  private final TestGroup group = TestGroup.local(2,
      new JsonObject().put("executor", "pool").put("blockingThreads", 1));

  @AfterEach
  void close() {
    group.close();
  }

  @Test
  void mayHaveBegunWhereTheFunctionRuns() throws InterruptedException {
    Functions.NOTED.clear();
    try (RRef<String> late = group.rpc(0).on("w1").withTimeout(Duration.ofMillis(1_000))
        .remote(Functions::block, "late work")) {
      assertThat(Functions.NOTED.poll(10, TimeUnit.SECONDS)).isEqualTo("late work blocks");
      RpcException failure = (RpcException) failure(late.toHere());
      Functions.latch("late work").countDown();

      assertThat(failure.failure()).isEqualTo(RpcFailure.TIMEOUT);
      assertThat(failure.mayHaveRun()).isTrue();
      assertThat(failure.isRetryable()).as("a second one might run beside the first").isFalse();
    }
  }

  @Test
  void neverBeginsWhereTheFunctionStillWaitsForAThread() throws InterruptedException {
    Functions.NOTED.clear();
    Future<String> busy = group.rpc(0).on("w1").call(Functions::block, "busy");
    assertThat(Functions.NOTED.poll(10, TimeUnit.SECONDS)).isEqualTo("busy blocks");
    try (RRef<String> late = group.rpc(0).on("w1").withTimeout(Duration.ofMillis(50))
        .remote(Functions::block, "too late")) {
      assertThat(RpcFailure.of(failure(late.toHere()))).isEqualTo(RpcFailure.TIMEOUT);
      Functions.latch("busy").countDown();

      assertThat(get(busy)).isEqualTo("released");
      assertThat(get(group.rpc(0).on("w1").call(Functions::self))).as("behind it in the queue").isEqualTo("w1");
      assertThat(Functions.NOTED).isEmpty();
    }
  }
}
