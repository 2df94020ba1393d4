package dev.vertxrpc.ref;

import static dev.vertxrpc.testing.TestGroup.failure;
import static dev.vertxrpc.testing.TestGroup.get;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxrpc.CallOptions;
import dev.vertxrpc.RRef;
import dev.vertxrpc.Remote;
import dev.vertxrpc.Rpc;
import dev.vertxrpc.RpcException;
import dev.vertxrpc.RpcFailure;
import dev.vertxrpc.cluster.Counter;
import dev.vertxrpc.testing.Gates;
import dev.vertxrpc.testing.TestGroup;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.json.JsonObject;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A worker that waits for a value which it keeps itself. */
class FetchAtOwnerTest {
  private final TestGroup group = TestGroup.local(2, new JsonObject().put("callTimeoutMs", 60));
  private final Rpc rpc = group.rpc(0);
  private final String gate = Gates.name();
  private final RRef<Counter> slow = rpc.on("w0").withTimeout(Duration.ZERO).remote(RefOps::counterAfter, gate, 1);

  @AfterEach
  void close() {
    Gates.open(gate);
    get(slow.withTimeout(Duration.ofSeconds(20)).toHere());
    slow.close();
    group.close();
  }

  /** Waits for a value, itself without a limit, and notes how that failed. */
  @Remote
  public static final class Late {
    private static final BlockingQueue<Throwable> FAILED = new LinkedBlockingQueue<>();

    private Late() {}

    public static Future<Counter> fetch(RRef<Counter> value) {
      return value.withTimeout(Duration.ZERO).toHere().onFailure(FAILED::add).onComplete(done -> value.close());
    }
  }

  private void assertTimedOut(Throwable failure, int millis) {
    assertThat(failure).isInstanceOf(RpcException.class)
        .hasMessageMatching("no reply from w0 \\(rank 0\\) within (" + millis + "|" + (millis - 1)
            + ") ms to toHere, call [0-9]+");
    assertThat(((RpcException) failure).failure()).isEqualTo(RpcFailure.TIMEOUT);
    assertThat(((RpcException) failure).worker()).contains(rpc.self());
  }

  @Test
  void endsItsWaitAtTheDefaultTimeoutOrItsOwn() {
    assertTimedOut(failure(slow.toHere()), 60);
    assertTimedOut(failure(slow.withTimeout(Duration.ofMillis(20)).toHere()), 20);
    assertThat(group.figure(0, "pendingCalls")).isZero();
  }

  @Test
  void waitsAsLongAsItTakesWithoutATimeout() {
    Future<Counter> value = slow.withTimeout(Duration.ZERO).toHere();
    assertTimedOut(failure(slow.toHere()), 60);
    assertThat(value.isComplete()).isFalse();

    Gates.open(gate);

    assertThat(get(value)).isSameAs(slow.localValue());
  }

  @Test
  void hasNoMoreTimeThanTheCallBeingServed() throws InterruptedException {
    try (RRef<Counter> made = rpc.on("w0").withTimeout(Duration.ofMillis(50)).remote(Late::fetch, slow)) {
      assertThat(Late.FAILED.poll(20, TimeUnit.SECONDS)).hasMessageMatching(
          "no reply from w0 \\(rank 0\\) within ([1-4]?[0-9]|50) ms to toHere, call [0-9]+");
      failure(made.toHere());
    }
  }

  @Test
  void endsItsWaitWhenItIsCancelled() {
    Promise<Void> signal = Promise.promise();
    Future<Counter> value = slow.with(CallOptions.create().withTimeout(Duration.ZERO).withCancelOn(signal.future()))
        .toHere();

    signal.complete();

    assertThat(RpcFailure.of(failure(value))).isEqualTo(RpcFailure.CANCELLED);
  }

  @Test
  void leavesNothingBehindAtAValueThatDoesNotCome() {
    List<WeakReference<Future<?>>> waits = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      Future<?> wait = slow.withTimeout(Duration.ofMillis(5)).toHere();
      failure(wait);
      waits.add(new WeakReference<>(wait));
    }

    group.eventually("the waits are garbage", () -> {
      System.gc();
      return waits.stream().allMatch(wait -> wait.refersTo(null));
    });
  }

  @Test
  void failsAsTheFunctionThatWasToMakeTheValue() {
    try (RRef<Counter> broken = rpc.on("w0").remote(RefOps::broken, "no luck")) {
      assertThat(RpcFailure.of(failure(broken.toHere()))).isEqualTo(RpcFailure.REMOTE);
      assertThat(failure(broken.toHere())).hasMessageContaining("broken(String) failed on w0 (rank 0), call ")
          .hasMessageContaining("no luck");
    }
  }
}
