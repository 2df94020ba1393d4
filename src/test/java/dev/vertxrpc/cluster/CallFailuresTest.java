package dev.vertxrpc.cluster;

import static dev.vertxrpc.testing.TestGroup.failure;
import static dev.vertxrpc.testing.TestGroup.get;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxrpc.RpcException;
import dev.vertxrpc.RpcFailure;
import dev.vertxrpc.testing.TestGroup;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class CallFailuresTest {
  private final TestGroup group = TestGroup.local(2, new JsonObject().put("executor", "pool").put("callTimeoutMs", 0));

  @AfterEach
  void close() {
    assertThat(get(group.rpc(0).on("w1").call(Functions::self))).as("the worker lives on").isEqualTo("w1");
    group.close();
  }

  @Test
  @Tag("T068")
  void tellsWhatTheFunctionThrew() {
    RpcException failure = rpcFailure(group.rpc(0).on("w1").call(Functions::fail, "line 1\nline 2"));

    assertThat(failure.failure()).isEqualTo(RpcFailure.REMOTE);
    assertThat(failure.mayHaveRun()).isTrue();
    assertThat(failure.worker()).contains(group.rpc(1).self());
    assertThat(failure.remoteError().orElseThrow())
        .hasToString("java.lang.IllegalArgumentException: line 1\nline 2");
  }

  @Test
  void tellsWhatTheFuturesOfFunctionsFailWith() {
    RpcException failed = rpcFailure(group.rpc(0).on("w1").call(Functions::failLater, "later"));
    RpcException none = rpcFailure(group.rpc(0).on("w1").call(Functions::noFuture));

    assertThat(failed.remoteError().orElseThrow()).hasToString("java.lang.IllegalArgumentException: later");
    assertThat(none.remoteError().orElseThrow().type()).isEqualTo("java.lang.NullPointerException");
    assertThat(none).hasMessageContaining("noFuture() returned null instead of a Future");
  }

  @Test
  void tellsAFailureThroughManyHops() {
    RpcException failure = rpcFailure(group.rpc(0).on("w1").withTimeout(Duration.ofSeconds(20))
        .call(Functions::failFar, 14));

    assertThat(failure.failure()).isEqualTo(RpcFailure.REMOTE);
    assertThat(failure).hasMessageContaining("far away");
  }

  @Test
  void answersAtOnceWhenTheResultCannotBeEncoded() {
    RpcException failure = rpcFailure(group.rpc(0).on("w1").call(Functions::unencodable));

    assertThat(failure.failure()).isEqualTo(RpcFailure.CODEC);
    assertThat(failure.mayHaveRun()).isTrue();
    assertThat(failure).hasMessageContaining("result");
  }

  @Test
  void answersAtOnceWhenEncodingTheResultThrowsAnError() {
    RpcException failure = rpcFailure(group.rpc(0).on("w1").call(Functions::broken));

    assertThat(failure.mayHaveRun()).isTrue();
    assertThat(failure).hasMessageContaining("com/acme/Missing");
  }

  @Test
  void answersAndLetsGoWhenThereIsNotEnoughMemoryForTheResult() {
    assertThat(rpcFailure(group.rpc(0).on("w1").call(Functions::huge))).hasMessageContaining("Java heap space");
    assertThat(rpcFailure(group.rpc(0).on("w1").call(Functions::hugeOnTheLoop)).mayHaveRun()).isTrue();

    group.eventually("nothing runs", () -> group.figure(1, "runningCalls") == 0);
  }

  @Test
  void refusesAnArgumentThatCannotBeEncoded() {
    RpcException failure =
        rpcFailure(group.rpc(0).on("w1").call(Functions::take, new Functions.Unencodable()));

    assertThat(failure.failure()).isEqualTo(RpcFailure.CODEC);
    assertThat(failure.mayHaveRun()).isFalse();
  }

  @Test
  void refusesWhatIsNotExposed() {
    RpcException failure = rpcFailure(group.rpc(0).on("w1").call(Hidden::secret));

    assertThat(failure.failure()).isEqualTo(RpcFailure.NOT_EXPOSED);
    assertThat(failure.mayHaveRun()).isFalse();
    assertThat(failure).hasMessageContaining("Hidden.secret()");
  }

  @Test
  void refusesWhatFindsNoFreeThread() throws InterruptedException {
    try (TestGroup small = TestGroup.local(2, new JsonObject().put("executor", "pool").put("blockingThreads", 1)
        .put("blockingQueue", 0))) {
      Functions.NOTED.clear();
      Future<String> first = small.rpc(0).on("w1").call(Functions::block, "small");
      assertThat(Functions.NOTED.poll(10, TimeUnit.SECONDS)).isEqualTo("small blocks");

      RpcException second = rpcFailure(small.rpc(0).on("w1").call(Functions::blocking, "x"));
      String onTheLoop = get(small.rpc(0).on("w1").call(Functions::async, "y"));
      Functions.latch("small").countDown();

      assertThat(List.of(second.failure(), second.mayHaveRun(), second.isRetryable()))
          .containsExactly(RpcFailure.OVERLOADED, false, true);
      assertThat(onTheLoop).startsWith("y on ");
      assertThat(get(first)).isEqualTo("released");
    }
  }

  @Test
  void findsRoomForTheCallThatFollowsAnAnswer() {
    try (TestGroup small = TestGroup.local(2, new JsonObject().put("executor", "pool").put("blockingThreads", 1)
        .put("blockingQueue", 0))) {
      for (int i = 0; i < 5_000; i++) {
        assertThat(get(small.rpc(0).on("w1").call(Functions::blocking, "x"))).isEqualTo("x on rpc-w1");
      }
    }
  }

  private static RpcException rpcFailure(Future<?> call) {
    return (RpcException) failure(call);
  }
}
