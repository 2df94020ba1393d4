package dev.vertxrpc.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxrpc.CallContext;
import dev.vertxrpc.CallOptions;
import dev.vertxrpc.NonBlocking;
import dev.vertxrpc.RRef;
import dev.vertxrpc.Remote;
import dev.vertxrpc.Rpc;
import dev.vertxrpc.RpcFailure;
import dev.vertxrpc.WorkerInfo;
import dev.vertxrpc.simulation.Actions;
import dev.vertxrpc.simulation.Simulation;
import dev.vertxrpc.wire.Fork;
import dev.vertxrpc.wire.ForkId;
import dev.vertxrpc.wire.ForkLedger;
import dev.vertxrpc.wire.RefFrame;
import dev.vertxrpc.wire.RefId;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever goes wrong with a reference, whoever asks gets an answer, and nobody keeps anything of it. */
class AnsweredReferencesTest {
  private final Simulation simulation = new Simulation();
  private List<RpcWorker> workers = List.of();

  /** A handle beside what cannot be encoded. */
  public record Spoiled(RRef<Integer> ref, Object unwritable) {}

  /** A handle beside what throws an Error when it is encoded. */
  public record Broken(RRef<Integer> ref, int depth) {
    @Override
    public int depth() {
      throw new StackOverflowError("in an accessor");
    }
  }

  /** Functions that take and give handles. */
  @Remote
  public static final class Handles {
    private Handles() {}

    @NonBlocking
    public static int take(Spoiled spoiled) {
      return 1;
    }

    @NonBlocking
    public static int takeBroken(Broken broken) {
      return 1;
    }

    @NonBlocking
    public static int overflow(RRef<Integer> ref) {
      ref.close();
      throw new StackOverflowError("in the function");
    }

    public static Future<Integer> twice(RRef<Integer> ref) {
      return ref.toHere().map(value -> 2 * value).onComplete(done -> ref.close());
    }

    @NonBlocking
    public static Spoiled giveSpoiled() {
      return new Spoiled(CallContext.current().rpc().own(1), new Object());
    }

    @NonBlocking
    public static RRef<Integer> give() {
      return CallContext.current().rpc().own(1);
    }
  }

  private Rpc start(JsonObject settings) {
    workers = simulation.group(2, rank -> rank == 1 ? settings : new JsonObject());
    return workers.get(0).rpc();
  }

  @AfterEach
  void close() {
    List<Future<Void>> ends = new ArrayList<>();
    on(() -> ends.addAll(workers.stream().map(RpcWorker::close).toList()));
    simulation.runUntil(() -> ends.stream().allMatch(Future::isComplete));
    simulation.close();
  }

  private <T> T on(Supplier<T> work) {
    List<T> done = new ArrayList<>();
    simulation.run(() -> {
      done.add(work.get());
      return false;
    });
    return done.get(0);
  }

  private RpcFailure failure(Supplier<? extends Future<?>> call) {
    Future<?> future = on(call);
    simulation.runUntil(future::isComplete);
    return RpcFailure.of(future.cause());
  }

  private void release(RRef<?> ref) {
    on(() -> {
      ref.close();
      return ref;
    });
  }

  private void assertNothingIsKept() {
    simulation.runUntil(() -> workers.stream().map(RpcWorker::debugInfo).allMatch(figures -> figures.stream()
        .allMatch(figure -> ((Number) figure.getValue()).intValue() == 0)));
  }

  /** Not even one that nobody else holds. */
  private void assertNoValueIsThere() {
    simulation.runUntil(() -> workers.stream().allMatch(worker -> worker.references().isEmpty()));
  }

  @Test
  void aValueThatIsReleasedBeforeItIsMadeIsNotKept() {
    Rpc rpc = start(new JsonObject());
    RRef<Integer> value = on(() -> {
      RRef<Integer> created = rpc.on("w1").remote(Actions::echo, 1);
      created.close();
      return created;
    });

    assertThat(failure(value::toHere)).isEqualTo(RpcFailure.REF_RELEASED);
    assertNothingIsKept();
  }

  @Test
  void aFetchOfAValueThatIsFreedIsAnswered() {
    Rpc rpc = start(new JsonObject());
    RRef<Integer> value = on(() -> rpc.on("w1").remote(Actions::echo, 1));
    simulation.runUntil(() -> value.confirmed().isComplete());
    JsonObject kept = workers.get(1).references().getJsonObject(0);
    String[] ref = kept.getString("id").split("\\.");
    String[] fork = kept.getJsonArray("holders").getJsonObject(0).getString("fork").split("\\.");
    long holder = rpc.self().incarnation();
    // As if the owner had been told so wrongly.
    on(() -> workers.get(0).placed().endpoint().send(value.owner(), new RefFrame.Release(List.of(new Fork(
        new RefId(Long.parseUnsignedLong(ref[0], 16), Long.parseLong(ref[1])),
        new ForkId(holder, Long.parseLong(fork[1])), value.owner().incarnation(), holder)))));

    assertThat(failure(value::toHere)).isEqualTo(RpcFailure.REF_RELEASED);
    release(value);
    assertNothingIsKept();
  }

  @Test
  void aCreationWhoseTimeIsOverIsAnsweredAndNotKept() {
    Rpc rpc = start(new JsonObject());
    RRef<Integer> value = on(() -> rpc.on("w1").withTimeout(Duration.ofMillis(50)).remote(Actions::pend, 1));

    assertThat(failure(value::toHere)).isEqualTo(RpcFailure.TIMEOUT);
    release(value);
    assertNothingIsKept();
  }

  @Test
  void anArgumentThatCannotBeEncodedKeepsNoHandleBesideIt() {
    Rpc rpc = start(new JsonObject());
    RRef<Integer> mine = on(() -> rpc.own(1));
    RRef<Integer> theirs = on(() -> rpc.on("w1").remote(Actions::echo, 1));

    for (RRef<Integer> ref : List.of(mine, theirs)) {
      assertThat(failure(() -> rpc.on("w1").call(Handles::take, new Spoiled(ref, new Object()))))
          .isEqualTo(RpcFailure.CODEC);
      release(ref);
    }
    assertNothingIsKept();
  }

  @Test
  void aResultThatCannotBeEncodedKeepsNoHandleBesideIt() {
    Rpc rpc = start(new JsonObject());

    assertThat(failure(() -> rpc.on("w1").call(Handles::giveSpoiled))).isEqualTo(RpcFailure.CODEC);
    assertNothingIsKept();
  }

  /** Wherever the value was to be kept. */
  @ParameterizedTest
  @ValueSource(strings = {"w0", "w1"})
  void aCreationWhoseFunctionThrowsAnErrorIsAnsweredAndNotKept(String owner) {
    Rpc rpc = start(new JsonObject());
    RRef<Integer> mine = on(() -> rpc.own(1));
    RRef<Integer> value = on(() -> rpc.on(owner).remote(Handles::overflow, mine));

    assertThat(failure(value::toHere)).isEqualTo(RpcFailure.REMOTE);
    release(value);
    release(mine);
    assertNothingIsKept();
    assertNoValueIsThere();
  }

  @ParameterizedTest
  @ValueSource(strings = {"w0", "w1"})
  void aCreationWhoseArgumentsThrowAnErrorIsAnsweredAndNotKept(String owner) {
    Rpc rpc = start(new JsonObject());
    RRef<Integer> mine = on(() -> rpc.own(1));
    RRef<Integer> value = on(() -> rpc.on(owner).remote(Handles::takeBroken, new Broken(mine, 1)));

    assertThat(failure(value::toHere)).isEqualTo(RpcFailure.CODEC);
    release(value);
    release(mine);
    assertNothingIsKept();
    assertNoValueIsThere();
  }

  @ParameterizedTest
  @ValueSource(strings = {"w0", "w1"})
  void aCreationWhoseSignalThrowsKeepsNothing(String owner) {
    Rpc rpc = start(new JsonObject());
    RRef<Integer> mine = on(() -> rpc.own(1));

    assertThat(thrown(() -> rpc.on(owner).with(brokenSignal()).remote(Handles::twice, mine)))
        .isInstanceOf(StackOverflowError.class);

    release(mine);
    assertNothingIsKept();
    assertNoValueIsThere();
  }

  @ParameterizedTest
  @ValueSource(strings = {"w0", "w1"})
  void aCallWhoseSignalThrowsHandsNothingOut(String callee) {
    Rpc rpc = start(new JsonObject());
    RRef<Integer> mine = on(() -> rpc.own(1));
    RRef<Integer> theirs = on(() -> rpc.on("w1").remote(Actions::echo, 1));

    for (RRef<Integer> ref : List.of(mine, theirs)) {
      assertThat(thrown(() -> rpc.on(callee).with(brokenSignal()).call(Handles::twice, ref)))
          .isInstanceOf(StackOverflowError.class);
      release(ref);
    }
    assertNothingIsKept();
  }

  private Throwable thrown(Supplier<?> work) {
    return on(() -> {
      try {
        return new AssertionError("made " + work.get());
      } catch (Throwable thrown) {
        return thrown;
      }
    });
  }

  /** A Future of the application's own that answers nothing but an Error. */
  private static CallOptions brokenSignal() {
    return CallOptions.create().withCancelOn((Future<?>) Proxy.newProxyInstance(
        AnsweredReferencesTest.class.getClassLoader(), new Class<?>[] {Future.class}, (self, method, arguments) -> {
          throw new StackOverflowError("in " + method.getName());
        }));
  }

  @Test
  void aCallThatBreaksOffWhileItIsSentTakesItsHandlesBack() {
    Rpc rpc = start(new JsonObject());
    RRef<Integer> mine = on(() -> rpc.own(1));
    breakDepartures(workers.get(0));

    assertThat(thrown(() -> rpc.on("w1").call(Handles::twice, mine))).isInstanceOf(StackOverflowError.class);

    assertThat(on(() -> workers.get(0).debugInfo().getInteger("forks"))).isZero();
    assertThat(on(() -> workers.get(0).debugInfo().getInteger("pendingCalls"))).isZero();
    release(mine);
    assertNothingIsKept();
  }

  @Test
  void aCreationThatBreaksOffWhileItIsSentTakesItsHandlesBackAndLeavesRoomForOthers() {
    start(new JsonObject().put("limits", new JsonObject().put("maxCallsPerPeer", 1)));
    Rpc rpc = workers.get(1).rpc();
    RRef<Integer> mine = on(() -> rpc.own(1));
    breakDepartures(workers.get(1));

    assertThat(thrown(() -> rpc.on("w0").remote(Handles::twice, mine))).isInstanceOf(StackOverflowError.class);

    assertThat(on(() -> workers.get(1).debugInfo().getInteger("forks"))).isZero();
    Future<Integer> next = on(() -> rpc.on("w0").call(Actions::echo, 1));
    simulation.runUntil(next::isComplete);
    assertThat(next.result()).isEqualTo(1);
    release(mine);
    assertNothingIsKept();
    assertNoValueIsThere();
  }

  @Test
  void aResultThatBreaksOffWhileItIsSentIsAnsweredAndTakesItsHandlesBack() {
    Rpc rpc = start(new JsonObject());
    breakDepartures(workers.get(1));

    assertThat(failure(() -> rpc.on("w1").call(Handles::give))).isEqualTo(RpcFailure.CODEC);
    assertNothingIsKept();
  }

  /** As if there were no memory left, or no stack, just when a frame with handles has been queued. */
  private static void breakDepartures(RpcWorker worker) {
    worker.placed().endpoint().ledger(new ForkLedger() {
      @Override
      public void settle(WorkerInfo from, List<Fork> forks) {
        throw new AssertionError("nothing is to be dropped");
      }

      @Override
      public void departed(List<Fork> forks) {
        throw new StackOverflowError("departed");
      }
    });
  }

  @Test
  void aReplyThatNeverComesKeepsNoHandleInIt() {
    Rpc rpc = start(new JsonObject().put("faults", new JsonArray().add(new JsonObject().put("frame", "RESULT")
        .put("action", "drop").put("times", 1_000))));

    assertThat(failure(() -> rpc.on("w1").withTimeout(Duration.ofSeconds(1)).call(Handles::give)))
        .isEqualTo(RpcFailure.TIMEOUT);
    assertNothingIsKept();
  }
}
