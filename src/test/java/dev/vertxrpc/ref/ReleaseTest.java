package dev.vertxrpc.ref;

import static dev.vertxrpc.testing.TestGroup.failure;
import static dev.vertxrpc.testing.TestGroup.get;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxrpc.RRef;
import dev.vertxrpc.Rpc;
import dev.vertxrpc.RpcFailure;
import dev.vertxrpc.cluster.Counter;
import dev.vertxrpc.testing.Gates;
import dev.vertxrpc.testing.TestGroup;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** When a handle goes, and the value with the last of them. */
class ReleaseTest {
  private final TestGroup group = TestGroup.local(3);
  private final Rpc rpc = group.rpc(0);

  @AfterEach
  void close() {
    group.close();
  }

  @Test
  void freesTheValueWithItsLastHandle() {
    RRef<Counter> first = rpc.on("w1").create(Counter::new, 1);
    RRef<Counter> second = get(rpc.on("w2").call(RefOps::pass, first));
    get(first.confirmed());
    get(second.confirmed());
    group.eventually("w2 has let go of its handle or holds one more", () -> group.figure(1, "forks") >= 2);

    first.close();

    assertThat(get(second.call(Counter::get))).isEqualTo(1);
    second.close();
  }

  @Test
  void emptiesEveryTableWhenAllHandlesAreClosed() {
    RRef<Counter> counter = rpc.on("w1").create(Counter::new, 1);
    get(rpc.on("w2").call(RefOps::read, counter));
    get(rpc.on("w1").call(RefOps::read, counter));

    counter.close();

    for (int rank = 0; rank < 3; rank++) {
      int each = rank;
      group.eventually("no reference on w" + rank, () -> group.figure(each, "owners")
          + group.figure(each, "forks") + group.figure(each, "users")
          + group.figure(each, "pendingChildren") == 0);
    }
  }

  @Test
  void closesOnceHoweverOftenItIsClosed() {
    RRef<Counter> first = rpc.on("w1").create(Counter::new, 1);
    RRef<Counter> own = rpc.own(new Counter(2));
    RRef<Counter> more = get(rpc.on("w1").call(RefOps::pass, own));

    first.close();
    first.close();
    own.close();
    own.close();

    assertThat(get(more.call(Counter::get))).isEqualTo(2);
    more.close();
  }

  @Test
  void refusesAClosedHandleAtOnce() {
    RRef<Counter> there = rpc.on("w1").create(Counter::new, 1);
    RRef<Counter> here = rpc.own(new Counter(2));
    there.close();
    here.close();

    for (RRef<Counter> closed : List.of(there, here)) {
      List<Future<?>> uses = List.of(closed.call(Counter::get), closed.toHere(),
          closed.remote(Counter::get).toHere(), rpc.on("w2").call(RefOps::read, closed));

      assertThat(uses).allSatisfy(use -> assertThat(RpcFailure.of(failure(use)))
          .isEqualTo(RpcFailure.REF_RELEASED));
    }
  }

  @Test
  void handsOutNoneOfACallsReferencesWhenOneIsClosed() {
    RRef<Counter> open = rpc.on("w1").create(Counter::new, 1);
    RRef<Counter> own = rpc.own(new Counter(2));
    RRef<Counter> closed = rpc.on("w1").create(Counter::new, 3);
    get(open.confirmed());
    closed.close();

    Throwable refused = failure(rpc.on("w2").call(RefOps::sumOfList, List.of(open, own, closed)));

    assertThat(RpcFailure.of(refused)).isEqualTo(RpcFailure.REF_RELEASED);
    assertThat(group.figure(0, "pendingChildren")).isZero();
    assertThat(group.figure(0, "forks")).isZero();
    open.close();
    own.close();
  }

  @Test
  void doesNotOvertakeTheCallsMadeBefore() {
    List<Future<Integer>> calls = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      for (String worker : List.of("w0", "w1")) {
        RRef<Counter> counter = rpc.on(worker).create(Counter::new, i);
        calls.add(counter.call(Counter::get));
        calls.add(counter.remote(Counter::get).toHere());
        counter.close();
      }
      RRef<Counter> own = rpc.own(new Counter(i));
      calls.add(own.call(Counter::get));
      own.close();
    }

    for (int i = 0; i < calls.size(); i++) {
      assertThat(get(calls.get(i))).isEqualTo(i / 5);
    }
  }

  @Test
  void mayBeClosedBeforeTheOwnerKnowsIt() {
    rpc.on("w0").create(Counter::new, 1).close();
    rpc.on("w1").create(Counter::new, 1).close();

    assertThat(get(rpc.on("w1").call(RefOps::total, new double[] {1, 2}))).isEqualTo(3);
    group.eventually("both are freed", () -> group.figure(1, "owners") + group.figure(0, "users") == 0);
  }

  @Test
  void aHandleThatIsForgottenIsReleasedAfterItsCollection() {
    get(rpc.on("w1").create(Counter::new, 1).call(Counter::get));

    group.eventually("the garbage collector releases it", () -> {
      System.gc();
      return group.figure(1, "owners") == 0;
    });
  }

  @Test
  @Tag("T116")
  @Tag("T117")
  void theShutdownReleasesWhatIsStillHeld() {
    RRef<Counter> held = rpc.on("w1").create(Counter::new, 1);
    RRef<Counter> other = get(rpc.on("w2").call(RefOps::createOn, "w1", 2));

    group.shutdown();

    assertThat(group.figure(1, "forks")).isZero();
    assertThat(failure(held.toHere())).hasMessageEndingWith(" was closed");
    assertThat(RpcFailure.of(failure(held.toHere()))).isEqualTo(RpcFailure.REF_RELEASED);
    assertThat(failure(rpc.on("w2").call(RefOps::read, held))).hasMessage("w0 is not in group " + group.name());
    assertThat(other.isOwner()).isFalse();
  }

  @Test
  void aValueThatIsStillBeingMadeFailsWhenItsWorkerEnds() {
    RRef<Counter> never = rpc.on("w0").remote(RefOps::counterAfter, Gates.name(), 1);
    Future<Counter> value = never.toHere();
    get(never.confirmed());

    group.lose(0);

    assertThat(RpcFailure.of(failure(value))).isEqualTo(RpcFailure.NOT_JOINED);
  }
}
