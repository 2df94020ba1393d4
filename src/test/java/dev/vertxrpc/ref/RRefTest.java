package dev.vertxrpc.ref;

import static dev.vertxrpc.testing.TestGroup.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vertxrpc.RRef;
import dev.vertxrpc.cluster.Counter;
import dev.vertxrpc.testing.Gates;
import dev.vertxrpc.testing.TestGroup;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What one handle does: make a value elsewhere or here, read it, call it, chain on it. */
class RRefTest {
  private final TestGroup group = TestGroup.local(3);

  @AfterEach
  void close() {
    group.close();
  }

  @Test
  @Tag("T072")
  void fetchesACopyOfAValueThatIsKeptElsewhere() {
    try (RRef<double[]> ramp = group.rpc(0).on("w1").remote(RefOps::ramp, 4)) {
      assertThat(get(ramp.toHere())).containsExactly(0, 1, 2, 3);
      assertThat(get(ramp.toHere())).isNotSameAs(get(ramp.toHere()));
      assertThat(ramp.owner()).isEqualTo(group.rpc(1).self());
    }
  }

  @Test
  @Tag("T005")
  @Tag("T073")
  void givesTheObjectItselfOnItsOwner() {
    try (RRef<Counter> counter = group.rpc(0).on("w0").create(Counter::new, 5)) {
      Counter fetched = get(counter.toHere());

      assertThat(counter.localValue()).isSameAs(fetched);
      assertThat(counter.isOwner()).isTrue();
      assertThat(get(counter.call(Counter::add, 2))).isEqualTo(7);
    }
  }

  @Test
  @Tag("T085")
  void countsAnOwnValueOnlyOnceItIsShared() {
    Counter value = new Counter(3);
    RRef<Counter> counter = group.rpc(0).own(value);

    assertThat(counter.localValue()).isSameAs(value);
    assertThat(group.figure(0, "owners")).isZero();

    RRef<Counter> back = get(group.rpc(0).on("w1").call(RefOps::pass, counter));

    assertThat(back.localValue()).isSameAs(value);
    counter.close();
    back.close();
  }

  @Test
  @Tag("T101")
  void isCountedWhereTheValueIsWhileSomebodyElseHoldsIt() {
    String gate = Gates.name();
    try (RRef<Counter> own = group.rpc(0).own(new Counter(3))) {
      assertThat(group.figure(0, "owners")).as("not shared").isZero();

      Future<Integer> there = group.rpc(0).on("w1").call(RefOps::readAfter, gate, own);
      group.eventually("shared", () -> group.figure(1, "users") == 1);
      assertThat(group.figure(0, "owners")).isEqualTo(1);
      assertThat(group.figure(0, "pendingUsers") + group.figure(1, "pendingUsers")).isZero();
      Gates.open(gate);

      assertThat(get(there)).isEqualTo(3);
      group.eventually("released", () -> group.figure(0, "owners") == 0);
    }
    try (RRef<Counter> one = group.rpc(0).on("w1").create(Counter::new, 1);
         RRef<Counter> two = group.rpc(0).on("w1").create(Counter::new, 2)) {
      get(one.confirmed());
      get(two.confirmed());
      assertThat(group.figure(1, "owners")).as("two made there").isEqualTo(2);
    }
  }

  @Test
  @Tag("T074")
  @Tag("T076")
  void keepsManyResultsApart() {
    List<RRef<double[]>> ramps = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      ramps.add(group.rpc(0).on(1 + i % 2).remote(RefOps::ramp, i));
    }

    for (int i = 0; i < 10; i++) {
      assertThat(get(ramps.get(i).toHere())).hasSize(i);
    }
    ramps.forEach(RRef::close);
  }

  @Test
  @Tag("T086")
  void refusesTheLocalValueElsewhereSayingWhereItIs() {
    try (RRef<Counter> counter = group.rpc(0).on("w1").create(Counter::new, 5)) {
      String text = counter.toString();
      String ids = text.substring(text.indexOf('(') + 1, text.length() - 1);

      assertThatThrownBy(counter::localValue).isInstanceOf(IllegalStateException.class)
          .hasMessage(ids + " is kept on w1 (rank 1), not on w0 (rank 0): use toHere() for a copy");
    }
  }

  @Test
  void refusesTheLocalValueWhileItsFunctionRuns() {
    String gate = Gates.name();
    try (RRef<Counter> counter = group.rpc(0).on("w0").remote(RefOps::counterAfter, gate, 4)) {
      assertThatThrownBy(counter::localValue).isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("still runs");

      Gates.open(gate);

      assertThat(get(counter.toHere())).isSameAs(counter.localValue());
    }
  }

  @Test
  void chainsWithoutFetching() {
    try (RRef<Counter> counter = group.rpc(0).on("w1").create(Counter::new, 5);
         RRef<Integer> six = counter.remote(Counter::add, 1);
         RRef<Integer> eight = counter.remote(Counter::add, 2)) {
      assertThat(get(six.toHere())).isEqualTo(6);
      assertThat(get(eight.toHere())).isEqualTo(8);
      assertThat(eight.owner()).isEqualTo(counter.owner());
    }
  }

  @Test
  void callsWaitForTheValueThatIsBeingMade() {
    String gate = Gates.name();
    try (RRef<Counter> counter = group.rpc(0).on("w1").remote(RefOps::counterAfter, gate, 4)) {
      var sum = counter.call(Counter::add, 3);
      get(counter.confirmed());

      assertThat(sum.isComplete()).isFalse();
      Gates.open(gate);
      assertThat(get(sum)).isEqualTo(7);
    }
  }

  @Test
  @Tag("T100")
  void isConfirmedWhenTheOwnerKnowsItAlthoughTheFunctionStillRuns() {
    String gate = Gates.name();
    try (RRef<Counter> counter = group.rpc(0).on("w1").remote(RefOps::counterAfter, gate, 4)) {
      get(counter.confirmed());

      assertThat(counter.isConfirmed()).isTrue();
      assertThat(counter.toHere().isComplete()).isFalse();
      Gates.open(gate);
    }
  }

  @Test
  void viewsOfOneHandleAreEqualAndTwoHandlesAreNot() {
    try (RRef<Counter> counter = group.rpc(0).on("w1").create(Counter::new, 5);
         RRef<Counter> other = get(group.rpc(0).on("w2").call(RefOps::pass, counter))) {
      RRef<Counter> view = counter.withTimeout(Duration.ofSeconds(3));

      assertThat(view).isEqualTo(counter).hasSameHashCodeAs(counter).isNotSameAs(counter);
      assertThat(other).isNotEqualTo(counter);
    }
  }

  @Test
  @Tag("T099")
  void saysTypeIdsAndOwner() {
    try (RRef<Counter> there = group.rpc(0).on("w1").create(Counter::new, 5);
         RRef<Counter> here = group.rpc(0).own(new Counter(1))) {
      String start = "RRef<" + Counter.class.getName() + ">(" + Long.toHexString(group.rpc(0).self().incarnation());

      assertThat(there).hasToString(start + ".1 on w1 (rank 1), fork "
          + Long.toHexString(group.rpc(0).self().incarnation()) + ".2)");
      assertThat(here).hasToString(start + ".3 here on w0 (rank 0))");
    }
  }
}
