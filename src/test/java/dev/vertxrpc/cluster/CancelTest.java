package dev.vertxrpc.cluster;

import static dev.vertxrpc.testing.TestGroup.failure;
import static dev.vertxrpc.testing.TestGroup.get;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxrpc.CallOptions;
import dev.vertxrpc.RRef;
import dev.vertxrpc.RpcException;
import dev.vertxrpc.RpcFailure;
import dev.vertxrpc.testing.Gates;
import dev.vertxrpc.testing.TestGroup;
import io.vertx.core.Completable;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.impl.future.FutureImpl;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.json.JsonObject;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CancelTest {
  private final TestGroup group = TestGroup.local(3, new JsonObject().put("blockingThreads", 1).put("executor", "pool"));
  private final Promise<Void> signal = Promise.promise();
  private final CallOptions cancellable = CallOptions.create().withCancelOn(signal.future());
  private final String gate = Gates.name();

  @AfterEach
  void close() {
    group.close();
  }

  private static void assertCancelled(Future<?> call, boolean mayHaveRun) {
    RpcException failure = (RpcException) failure(call);
    assertThat(failure.failure()).isEqualTo(RpcFailure.CANCELLED);
    assertThat(failure.mayHaveRun()).isEqualTo(mayHaveRun);
  }

  @Test
  void failsTheCallAndTellsTheFunction() {
    Future<String> call = group.rpc(0).on("w1").with(cancellable).call(Waiting::untilCancelled, gate);
    get(Gates.opened(gate + "-started"));

    signal.complete();

    assertCancelled(call, true);
    get(Gates.opened(gate + "-cancelled"));
    assertThat(Waiting.NOTED).contains("cancelled " + gate + " true");
  }

  @Test
  @SuppressWarnings("unchecked")
  void aSignalMayBeAFutureOfSomebodyElse() {
    Future<Void> foreign = (Future<Void>) Proxy.newProxyInstance(Future.class.getClassLoader(),
        new Class<?>[] {Future.class}, (self, method, arguments) -> method.invoke(signal.future(), arguments));
    Future<String> call = group.rpc(0).on("w1").with(CallOptions.create().withCancelOn(foreign))
        .call(Waiting::untilCancelled, gate);
    get(Gates.opened(gate + "-started"));

    signal.complete();

    assertCancelled(call, true);
    get(Gates.opened(gate + "-cancelled"));
  }

  @Test
  void aSignalThatFailsCancelsToo() {
    Future<String> call = group.rpc(0).on("w1").with(cancellable).call(Waiting::untilCancelled, gate);
    get(Gates.opened(gate + "-started"));

    signal.fail("no more");

    assertCancelled(call, true);
    get(Gates.opened(gate + "-cancelled"));
  }

  @Test
  void reachesTheCallsThatWereMadeForIt() {
    Future<String> call = group.rpc(0).on("w1").with(cancellable).call(Waiting::nested, "w2", gate);
    get(Gates.opened(gate + "-started"));

    signal.complete();

    assertCancelled(call, true);
    get(Gates.opened(gate + "-cancelled"));
  }

  @Test
  void reachesTheValuesThatWereToBeMadeForIt() {
    Future<String> call = group.rpc(0).on("w1").with(cancellable).call(Waiting::nestedValue, "w2", gate);
    get(Gates.opened(gate + "-started"));

    signal.complete();

    assertCancelled(call, true);
    get(Gates.opened(gate + "-cancelled"));
  }

  @Test
  void hasNoValueMadeWhenTheSignalHasCompletedBefore() {
    signal.complete();

    try (RRef<String> value = group.rpc(0).on("w1").with(cancellable).remote(Waiting::untilCancelled, gate)) {
      assertCancelled(value.confirmed(), false);
    }
    try (RRef<String> value = group.rpc(0).on("w0").with(cancellable).remote(Waiting::untilCancelled, gate)) {
      assertCancelled(value.toHere(), false);
    }
    get(group.rpc(0).on("w1").call(Functions::self));
    assertThat(Gates.opened(gate + "-started").isComplete()).isFalse();
  }

  @Test
  void leavesNoListenerAtASignalThatOutlivesTheHandle() {
    Counted counted = new Counted((ContextInternal) group.vertx(0).getOrCreateContext());
    CallOptions options = CallOptions.create().withCancelOn(counted);
    for (String owner : List.of("w0", "w1")) {
      RRef<String> value = group.rpc(0).on(owner).with(options).remote(Functions::self);
      get(value.confirmed());
      assertThat(get(value.toHere())).isEqualTo(owner);
      value.close();
    }

    group.eventually("nobody listens", () -> counted.listeners.get() == 0);
  }

  @Test
  void interruptsABlockingFunctionAndFreesItsThread() {
    Future<String> call = group.rpc(0).on("w1").with(cancellable).call(Waiting::block, gate);
    get(Gates.opened(gate + "-started"));

    signal.complete();

    assertCancelled(call, true);
    get(Gates.opened(gate + "-interrupted"));
    assertThat(get(group.rpc(0).on("w1").call(Functions::self))).isEqualTo("w1");
  }

  @Test
  void neverStartsWhatStillWaits() {
    Future<String> first = group.rpc(0).on("w1").call(Waiting::block, gate);
    get(Gates.opened(gate + "-started"));
    Future<String> second = group.rpc(0).on("w1").with(cancellable).call(Waiting::block, gate + "-second");

    signal.complete();
    assertThat(RpcFailure.of(failure(second))).isEqualTo(RpcFailure.CANCELLED);
    Gates.open(gate);

    assertThat(get(first)).isEqualTo("opened");
    assertThat(get(group.rpc(0).on("w1").call(Functions::self))).isEqualTo("w1");
    assertThat(Gates.opened(gate + "-second-started").isComplete()).isFalse();
  }

  @Test
  void sendsNothingWhenTheSignalHasCompletedBefore() {
    signal.complete();

    assertCancelled(group.rpc(0).on("w1").with(cancellable).call(Waiting::untilCancelled, gate), false);

    get(group.rpc(0).on("w1").call(Functions::self));
    assertThat(Gates.opened(gate + "-started").isComplete()).isFalse();
  }

  @Test
  void tellsTheFunctionWhenItsCallersTimeIsOver() {
    Future<String> call = group.rpc(0).on("w1").withTimeout(Duration.ofMillis(100)).call(Waiting::nested, "w2", gate);

    assertThat(RpcFailure.of(failure(call))).isEqualTo(RpcFailure.TIMEOUT);
    get(Gates.opened(gate + "-cancelled"));
  }

  @Test
  void tellsTheFunctionWhenItsCallerIsGone() {
    Future<String> call = group.rpc(0).on("w1").call(Waiting::nested, "w2", gate);
    get(Gates.opened(gate + "-started"));

    group.lose(0);

    assertThat(RpcFailure.of(failure(call))).isEqualTo(RpcFailure.NOT_JOINED);
    get(Gates.opened(gate + "-cancelled"));
  }

  @Test
  void aCallThatInheritsNothingOutlivesTheOneItWasMadeFor() {
    CallOptions detached = CallOptions.create().withInheritDeadline(false);
    assertThat(detached.withHeader("a", "b").withTimeout(Duration.ofSeconds(1)).inheritDeadline()).isFalse();
    Future<String> call = group.rpc(0).on("w1").with(cancellable).call(Functions::detached, "w2", gate);
    get(Gates.opened(gate + "-started"));

    signal.complete();
    assertCancelled(call, true);
    Gates.open(gate);

    get(Gates.opened(gate + "-detached"));
  }

  @Test
  void failsAValueThatIsStillBeingMade() {
    try (RRef<String> value = group.rpc(0).on("w1").with(cancellable).remote(Waiting::untilCancelled, gate)) {
      get(Gates.opened(gate + "-started"));

      signal.complete();

      assertThat(RpcFailure.of(failure(value.toHere()))).isEqualTo(RpcFailure.CANCELLED);
      get(Gates.opened(gate + "-cancelled"));
    }
  }

  @Test
  void aFetchThatIsGivenUpLeavesTheValueToOthers() {
    try (RRef<String> value = group.rpc(0).on("w1").remote(Waiting::block, gate)) {
      get(Gates.opened(gate + "-started"));
      Future<String> fetch = value.with(cancellable).toHere();

      signal.complete();

      assertThat(RpcFailure.of(failure(fetch))).isEqualTo(RpcFailure.CANCELLED);
      Gates.open(gate);
      assertThat(get(value.toHere())).isEqualTo("opened");
    }
  }

  /** A Future that counts who listens to it. */
  private static final class Counted extends FutureImpl<Void> {
    private final AtomicInteger listeners = new AtomicInteger();

    Counted(ContextInternal context) {
      super(context);
    }

    @Override
    public void addListener(Completable<? super Void> listener) {
      listeners.incrementAndGet();
      super.addListener(listener);
    }

    @Override
    public void removeListener(Completable<? super Void> listener) {
      listeners.decrementAndGet();
      super.removeListener(listener);
    }
  }
}
