package dev.vertxrpc.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxrpc.CallContext;
import dev.vertxrpc.NonBlocking;
import dev.vertxrpc.RRef;
import dev.vertxrpc.Remote;
import dev.vertxrpc.Rpc;
import dev.vertxrpc.RpcFailure;
import dev.vertxrpc.simulation.Actions;
import dev.vertxrpc.simulation.Simulation;
import dev.vertxrpc.wire.Fork;
import dev.vertxrpc.wire.ForkId;
import dev.vertxrpc.wire.Frame;
import dev.vertxrpc.wire.RefId;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Whatever goes wrong with a reference, whoever asks gets an answer, and nobody keeps anything of it. */
class AnsweredReferencesTest {
  private final Simulation simulation = new Simulation();
  private List<RpcWorker> workers = List.of();

  /** A handle beside what cannot be encoded. */
  public record Spoiled(RRef<Integer> ref, Object unwritable) {}

  /** Functions that take and give handles. */
  @Remote
  public static final class Handles {
    private Handles() {}

    @NonBlocking
    public static int take(Spoiled spoiled) {
      return 1;
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
    on(() -> workers.get(0).placed().endpoint().send(value.owner(), new Frame.Release(List.of(new Fork(
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

  @Test
  void aReplyThatNeverComesKeepsNoHandleInIt() {
    Rpc rpc = start(new JsonObject().put("faults", new JsonArray().add(new JsonObject().put("frame", "RESULT")
        .put("action", "drop").put("times", 1_000))));

    assertThat(failure(() -> rpc.on("w1").withTimeout(Duration.ofSeconds(1)).call(Handles::give)))
        .isEqualTo(RpcFailure.TIMEOUT);
    assertNothingIsKept();
  }
}
