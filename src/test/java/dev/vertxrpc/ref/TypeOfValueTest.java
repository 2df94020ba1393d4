package dev.vertxrpc.ref;

import static dev.vertxrpc.testing.TestGroup.failure;
import static dev.vertxrpc.testing.TestGroup.get;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxrpc.RRef;
import dev.vertxrpc.RpcException;
import dev.vertxrpc.RpcFailure;
import dev.vertxrpc.RpcListener;
import dev.vertxrpc.WorkerInfo;
import dev.vertxrpc.cluster.Counter;
import dev.vertxrpc.testing.Gates;
import dev.vertxrpc.testing.TestGroup;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What an RRef says of the class of its value. */
class TypeOfValueTest {
  private final AtomicInteger asked = new AtomicInteger();
  private final TestGroup group = TestGroup.local(2, new JsonObject(), worker -> worker.listener(new RpcListener() {
    @Override
    public void callStarted(long callId, WorkerInfo peer, String function) {
      if (function.equals("type")) {
        asked.incrementAndGet();
      }
    }
  }));

  @AfterEach
  void close() {
    group.close();
  }

  @Test
  @Tag("T088")
  void isAskedForOnceHoweverOftenItIsNeeded() {
    try (RRef<Counter> counter = group.rpc(0).on("w1").create(Counter::new, 1);
         RRef<double[]> numbers = group.rpc(0).on("w1").remote(RefOps::ramp, 3)) {
      for (int i = 0; i < 11; i++) {
        assertThat(get(counter.type())).isEqualTo(Counter.class.getName());
        assertThat(get(counter.withTimeout(Duration.ofSeconds(9)).type())).isEqualTo(Counter.class.getName());
      }
      assertThat(asked).hasValue(1);
      assertThat(get(numbers.type())).isEqualTo("[D");
    }
  }

  @Test
  @Tag("T092")
  @Tag("T093")
  void isAnsweredWhereTheValueIs() {
    try (RRef<Counter> mine = group.rpc(0).own(new Counter(1)); RRef<Object> nothing = group.rpc(0).own(null)) {
      Future<String> type = mine.type();
      assertThat(type.isComplete()).isTrue();
      assertThat(type.result()).isEqualTo(Counter.class.getName());
      assertThat(get(nothing.type())).isEqualTo("null");
      assertThat(asked).hasValue(0);
    }
  }

  @Test
  @Tag("T094")
  void waitsForTheValue() {
    String gate = Gates.name();
    try (RRef<Counter> slow = group.rpc(0).on("w1").remote(RefOps::counterAfter, gate, 1)) {
      Future<String> type = slow.type();
      assertThat(type.isComplete()).isFalse();

      Gates.open(gate);

      assertThat(get(type)).isEqualTo(Counter.class.getName());
    }
  }

  @Test
  @Tag("T165")
  @Tag("T166")
  void canBeAskedAgainWhenItDidNotComeInTime() {
    String gate = Gates.name();
    try (RRef<Counter> slow = group.rpc(0).on("w1").remote(RefOps::counterAfter, gate, 1)) {
      assertThat(RpcFailure.of(failure(slow.withTimeout(Duration.ofMillis(50)).type()))).isEqualTo(RpcFailure.TIMEOUT);

      Gates.open(gate);

      assertThat(get(slow.type())).isEqualTo(Counter.class.getName());
      assertThat(get(slow.call(Counter::get))).isEqualTo(1);
    }
  }

  @Test
  @Tag("T090")
  @Tag("T091")
  void failsAsTheFunctionDidThatWasToMakeTheValue() {
    try (RRef<Counter> failed = group.rpc(0).on("w1").remote(RefOps::broken, "no")) {
      Future<String> type = failed.type();

      RpcException failure = (RpcException) failure(type);
      assertThat(failure.failure()).isEqualTo(RpcFailure.REMOTE);
      assertThat(failure.remoteError().orElseThrow()).isEqualTo(
          ((RpcException) failure(failed.toHere())).remoteError().orElseThrow());
      failure(failed.type());
      assertThat(asked).as("a failure is not remembered").hasValue(2);
    }
  }
}
