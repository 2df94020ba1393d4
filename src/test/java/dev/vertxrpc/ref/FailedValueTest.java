package dev.vertxrpc.ref;

import static dev.vertxrpc.testing.TestGroup.failure;
import static dev.vertxrpc.testing.TestGroup.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vertxrpc.RRef;
import dev.vertxrpc.Rpc;
import dev.vertxrpc.RpcException;
import dev.vertxrpc.RpcFailure;
import dev.vertxrpc.cluster.Counter;
import dev.vertxrpc.testing.Gates;
import dev.vertxrpc.testing.TestGroup;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Values that never come to be, and who hears of it. */
class FailedValueTest {
  private final TestGroup group = TestGroup.local(3);
  private final Rpc rpc = group.rpc(0);

  @AfterEach
  void close() {
    group.close();
  }

  private static void assertFails(RpcFailure expected, RRef<Counter> counter) {
    assertThat(RpcFailure.of(failure(counter.toHere()))).isEqualTo(expected);
    assertThat(RpcFailure.of(failure(counter.call(Counter::get)))).isEqualTo(expected);
    assertThat(RpcFailure.of(failure(counter.remote(Counter::get).toHere()))).isEqualTo(expected);
  }

  @Test
  @Tag("T082")
  @Tag("T120")
  void whatTheFunctionThrowsIsTheFailureOfTheValue() {
    for (String worker : List.of("w0", "w1")) {
      try (RRef<Counter> broken = rpc.on(worker).remote(RefOps::broken, "no luck")) {
        get(broken.confirmed());

        assertFails(RpcFailure.REMOTE, broken);
        RpcException fetched = (RpcException) failure(broken.toHere());
        assertThat(fetched).hasMessageContaining("no luck").hasMessageContaining(RefOps.class.getName() + ".broken");
        assertThat(fetched.remoteError().orElseThrow().type()).isEqualTo("java.lang.IllegalStateException");
      }
    }
  }

  @Test
  void theOwnersLocalValueThrowsWhatTheFunctionThrew() {
    try (RRef<Counter> broken = rpc.on("w0").remote(RefOps::broken, "no luck")) {
      failure(broken.toHere());

      assertThatThrownBy(broken::localValue).isInstanceOf(RpcException.class).hasMessageContaining("no luck");
    }
  }

  @Test
  void aThirdWorkerSeesTheFailureToo() {
    try (RRef<Counter> broken = rpc.on("w1").remote(RefOps::broken, "no luck")) {
      Throwable seen = failure(rpc.on("w2").call(RefOps::read, broken));

      assertThat(RpcFailure.of(seen)).isEqualTo(RpcFailure.REMOTE);
      assertThat(seen).hasMessageContaining("no luck");
    }
  }

  @Test
  void aMethodOfNothingFailsAtOnce() {
    try (RRef<Counter> nothing = rpc.on("w1").remote(RefOps::nothing)) {
      assertThat(get(nothing.toHere())).isNull();
      assertThat(failure(nothing.withTimeout(Duration.ofSeconds(20)).call(Counter::get)))
          .isInstanceOf(RpcException.class).hasMessageContaining("is null");
    }
  }

  @Test
  void anUnknownWorkerMakesNothing() {
    try (RRef<Counter> nowhere = rpc.on("w7").create(Counter::new, 1)) {
      assertThat(RpcFailure.of(failure(nowhere.confirmed()))).isEqualTo(RpcFailure.NO_SUCH_WORKER);
      assertFails(RpcFailure.NO_SUCH_WORKER, nowhere);
      assertThat(RpcFailure.of(failure(rpc.on("w1").call(RefOps::read, nowhere))))
          .isEqualTo(RpcFailure.NO_SUCH_WORKER);
    }
  }

  @Test
  void argumentsThatCannotBeEncodedFailTheHandleAndLeakNothing() {
    RRef<Counter> closed = rpc.on("w1").create(Counter::new, 1);
    closed.close();
    for (String worker : List.of("w0", "w1")) {
      try (RRef<RRef<Counter>> unsent = rpc.on(worker).remote(RefOps::pass, closed)) {
        assertThat(RpcFailure.of(failure(unsent.toHere()))).isEqualTo(RpcFailure.REF_RELEASED);
      }
    }

    group.eventually("nothing is held", () -> group.figure(0, "users") + group.figure(1, "owners") == 0);
  }

  @Test
  void theTimeOfRemoteBoundsTheFunction() {
    String gate = Gates.name();
    try (RRef<Counter> late = rpc.on("w1").withTimeout(Duration.ofMillis(50))
        .remote(RefOps::counterAfter, gate, 1)) {
      get(late.confirmed());

      assertFails(RpcFailure.TIMEOUT, late);
      Gates.open(gate);
    }
  }

  @Test
  void aReferenceOfAnotherWorkerIsRefused() {
    try (RRef<Counter> foreign = group.rpc(1).own(new Counter(1))) {
      Throwable refused = failure(rpc.on("w2").call(RefOps::read, foreign));

      assertThat(RpcFailure.of(refused)).isEqualTo(RpcFailure.CODEC);
      assertThat(refused).hasMessageContaining("another worker's");
    }
  }

  @Test
  void aFailedHandleBecomesAFailedReferenceToItsMethodsResult() {
    try (RRef<Counter> nowhere = rpc.on("w7").create(Counter::new, 1);
         RRef<Integer> nothing = nowhere.remote(Counter::get)) {
      assertThat(RpcFailure.of(failure(nothing.confirmed()))).isEqualTo(RpcFailure.NO_SUCH_WORKER);
      assertThat(nothing.isConfirmed()).isFalse();
    }
  }
}
