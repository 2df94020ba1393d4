package dev.vertxrpc.cluster;

import static dev.vertxrpc.testing.TestGroup.failure;
import static dev.vertxrpc.testing.TestGroup.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vertxrpc.RemoteWorker;
import dev.vertxrpc.Rpc;
import dev.vertxrpc.RpcException;
import dev.vertxrpc.RpcFailure;
import dev.vertxrpc.testing.Gates;
import dev.vertxrpc.testing.TestGroup;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.internal.VertxInternal;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What the Future of a call tells: once, for good, to whoever asks, and to what is derived from it. */
class FutureOfCallTest {
  private static final TestGroup GROUP = TestGroup.local(3);
  private static final RemoteWorker W1 = GROUP.rpc(0).on("w1");

  @AfterAll
  static void close() {
    GROUP.close();
  }

  private static Future<Integer> sum(int x, int y) {
    return W1.call(AsyncOps::add, x, y);
  }

  @Test
  @Tag("T129")
  @Tag("T130")
  void isCompleteOnceItWasWaitedFor() {
    Future<Integer> three = sum(1, 2);
    Future<Integer> failing = W1.call(Ops::fail, "no luck");

    assertThat(Rpc.await(three)).isEqualTo(3);
    assertThatThrownBy(() -> Rpc.await(failing)).hasMessageContaining("no luck");

    assertThat(three.isComplete() && three.succeeded()).isTrue();
    assertThat(failing.isComplete() && failing.failed()).isTrue();
  }

  @Test
  @Tag("T127")
  void cannotBeCompletedAgain() {
    Future<Integer> three = sum(1, 2);
    get(three);

    // It has no setter; who casts it to what has one finds it closed.
    Promise<?> again = (Promise<?>) three;
    assertThatThrownBy(again::complete).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> again.fail("late")).isInstanceOf(IllegalStateException.class);
    assertThat(three.result()).isEqualTo(3);
  }

  @Test
  @Tag("T025")
  void raisesItsErrorEachTimeItIsWaitedFor() {
    List<Future<Integer>> failing = IntStream.range(0, 20)
        .mapToObj(i -> W1.call(Ops::fail, "error " + i)).toList();

    assertThat(RpcFailure.of(failure(Future.all(failing)))).isEqualTo(RpcFailure.REMOTE);

    for (int i = 0; i < 20; i++) {
      Future<Integer> each = failing.get(i);
      String error = ": java.lang.IllegalStateException: error " + i;
      assertThatThrownBy(() -> Rpc.await(each)).hasMessageEndingWith(error);
      assertThatThrownBy(() -> Rpc.await(each)).hasMessageEndingWith(error);
    }
  }

  @Test
  @Tag("T156")
  void failsTheListThatItIsIn() {
    List<Future<Integer>> list = new ArrayList<>(IntStream.range(0, 10).mapToObj(i -> sum(i, 1)).toList());
    list.add(W1.call(Ops::fail, "no luck"));

    assertThat(failure(Future.all(list))).hasMessageContaining("no luck");
    assertThat(failure(Future.join(list))).hasMessageContaining("no luck");
    assertThat(list.subList(0, 10)).allMatch(Future::succeeded);
  }

  @Test
  @Tag("T114")
  @Tag("T115")
  void failsTheListAtOnceAlthoughAnEarlierOneIsPending() {
    String gate = Gates.name();
    Future<Integer> pending = W1.call(AsyncOps::after, gate);

    Throwable usersError = failure(Future.all(pending, W1.call(Ops::fail, "no luck")));
    Throwable librarysError = failure(Future.all(pending, W1.call(AsyncOps::parsed, "no number")));

    assertThat(usersError).hasMessageEndingWith(": java.lang.IllegalStateException: no luck");
    assertThat(librarysError).hasMessageContaining(": java.lang.NumberFormatException: ");
    assertThat(pending.isComplete()).isFalse();
    Gates.open(gate);
    assertThat(get(pending)).isEqualTo(42);
  }

  @Test
  @Tag("T122")
  void runsEachOfItsCallbacks() {
    Future<Integer> three = sum(1, 2);

    List<Future<Integer>> derived = IntStream.range(0, 10).mapToObj(i -> three.map(value -> value + i)).toList();

    get(Future.join(derived));
    assertThat(derived.stream().map(Future::result)).isEqualTo(IntStream.range(3, 13).boxed().toList());
  }

  @Test
  @Tag("T123")
  void carriesItsValueThroughAChain() {
    Future<Integer> sum = sum(1, 2);
    for (int i = 0; i < 20; i++) {
      sum = sum.map(before -> before + 1);
    }

    assertThat(get(sum)).isEqualTo(23);
  }

  @Test
  @Tag("T121")
  void failsWhatIsDerivedByACallbackThatMisusesItsValue() {
    Future<Integer> three = sum(1, 2);

    Future<String> misused = three.map(value -> (String) (Object) value);

    assertThat(failure(misused)).isInstanceOf(ClassCastException.class);
    assertThat(get(three)).isEqualTo(3);
  }

  @Test
  @Tag("T126")
  void showsItsErrorToACallbackAndPassesOnTheCallbacksOwn() {
    List<Throwable> seen = new ArrayList<>();

    Future<Integer> derived = W1.call(Ops::fail, "no luck").recover(error -> {
      seen.add(error);
      throw new IllegalArgumentException("of the callback");
    });

    assertThat(failure(derived)).isInstanceOf(IllegalArgumentException.class).hasMessage("of the callback");
    assertThat(seen).singleElement().satisfies(error ->
        assertThat(((RpcException) error).remoteError().orElseThrow())
            .hasToString("java.lang.IllegalStateException: no luck"));
  }

  @Test
  @Tag("T124")
  void mayBeAwaitedWithItsCallbackInAFunction() {
    assertThat(get(W1.call(AsyncOps::awaited, "w2"))).isEqualTo(1 + 2 + 3);
  }

  @Test
  @Tag("T125")
  void letsACallbackCallAndWaitForThat() {
    Promise<Integer> blocking = Promise.promise();

    // Its callbacks run on a thread that may block.
    ((VertxInternal) GROUP.vertx(0)).createWorkerContext().runOnContext(
        start -> sum(1, 2).map(three -> Rpc.await(sum(three, 4))).onComplete(blocking));

    assertThat(get(blocking.future())).isEqualTo(1 + 2 + 4);
    assertThat(get(W1.call(AsyncOps::composed, "w2"))).isEqualTo(1 + 2 + 4);
  }
}
