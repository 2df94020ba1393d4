package dev.vertxrpc.cluster;

import static dev.vertxrpc.testing.TestGroup.failure;
import static dev.vertxrpc.testing.TestGroup.get;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxrpc.RRef;
import dev.vertxrpc.RpcFailure;
import dev.vertxrpc.RpcListener;
import dev.vertxrpc.call.BlockingExecutor;
import dev.vertxrpc.testing.Gates;
import dev.vertxrpc.testing.TestGroup;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What goes on while functions wait, on each kind of thread that this Java has. */
class ThreadsTest {
  private static final Duration LIMIT = Duration.ofSeconds(2);

  static Stream<String> executors() {
    return BlockingExecutor.hasVirtualThreads() ? Stream.of("pool", "virtual") : Stream.of("pool");
  }

  private static JsonObject executor(String kind, int threads) {
    return new JsonObject().put("executor", kind).put("blockingThreads", threads);
  }

  @Test
  void recursionDeeperThanThePoolTimesOutAndTheWorkerServesOn() {
    try (TestGroup group = TestGroup.local(1, executor("pool", 4))) {
      long began = System.nanoTime();

      Throwable failure = failure(group.rpc(0).on("w0").withTimeout(LIMIT).call(Waiting::recurse, 6));

      assertThat(RpcFailure.of(failure)).isEqualTo(RpcFailure.TIMEOUT);
      assertThat(Duration.ofNanos(System.nanoTime() - began)).isGreaterThanOrEqualTo(LIMIT);
      assertThat(get(group.rpc(0).on("w0").call(Waiting::recurse, 3))).isEqualTo(3);
    }
  }

  @Test
  @EnabledForJreRange(min = JRE.JAVA_21)
  void virtualThreadsRecurseAsDeepAsTheyLike() {
    try (TestGroup group = TestGroup.local(1, executor("virtual", 4))) {
      assertThat(get(group.rpc(0).on("w0").call(Waiting::recurse, 200))).isEqualTo(200);
    }
  }

  @ParameterizedTest
  @MethodSource("executors")
  void heartbeatsRepliesTimeoutsAndReferencesGoOnWhileEveryThreadIsBlocked(String kind) {
    String gate = Gates.name();
    try (TestGroup group = TestGroup.local(3, executor(kind, 2).put("leaseMs", LIMIT.toMillis() / 2))) {
      List<Future<String>> blocked = IntStream.range(0, 2)
          .mapToObj(i -> group.rpc(0).on("w1").call(Waiting::block, gate)).toList();
      get(Gates.opened(gate + "-started"));

      assertThat(get(group.rpc(0).on("w1").call(Functions::async, "a"))).startsWith("a on");
      assertThat(RpcFailure.of(failure(group.rpc(1).on("w1").withTimeout(LIMIT)
          .call(Waiting::untilCancelled, gate)))).isEqualTo(RpcFailure.TIMEOUT);
      try (RRef<String> here = group.rpc(0).on("w1").remote(Functions::async, "kept")) {
        assertThat(get(group.rpc(0).on("w2").call(Functions::lengthThere, here)))
            .isEqualTo(get(here.toHere()).length());
      }
      group.eventually("the value is freed", () -> group.figure(1, "owners") == 0);
      assertThat(blocked).as("calls whose callee's lease has run out twice").noneMatch(Future::isComplete);
      Gates.open(gate);
      blocked.forEach(call -> assertThat(get(call)).isEqualTo("opened"));
    }
  }

  @Test
  void aFunctionThatBlocksTheLoopIsReportedByName() {
    String gate = Gates.name();
    Promise<String> reported = Promise.promise();
    RpcListener listener = new RpcListener() {
      @Override
      public void loopBlocked(String function, Duration soFar) {
        reported.tryComplete(function);
        Gates.open(gate);
      }
    };
    try (TestGroup group = TestGroup.local(2, new JsonObject().put("blockedLoopMs", 50),
        worker -> worker.listener(listener))) {
      assertThat(get(group.rpc(0).on("w1").call(Waiting::blockTheLoop, gate))).isEqualTo("opened");
      assertThat(get(reported.future())).isEqualTo("dev.vertxrpc.cluster.Waiting.blockTheLoop(String)");
    }
  }

  @ParameterizedTest
  @MethodSource("executors")
  void aMethodThatWaitsLetsInTheCallsThatItWaitsFor(String kind) {
    try (TestGroup group = TestGroup.local(3, executor(kind, 8));
         RRef<Waiting.Stage> stage = group.rpc(0).on("w1").create(Waiting.Stage::new)) {
      List<Future<Integer>> plays = new ArrayList<>();
      for (int i = 0; i < 10; i++) {
        plays.add(stage.call(Waiting.Stage::play, stage, "w2"));
      }

      plays.forEach(play -> assertThat(get(play)).isEqualTo(2));
      assertThat(get(stage.call(Waiting.Stage::most))).isEqualTo(1);
    }
  }
}
