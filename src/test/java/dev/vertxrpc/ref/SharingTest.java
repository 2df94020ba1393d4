package dev.vertxrpc.ref;

import static dev.vertxrpc.testing.TestGroup.get;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxrpc.RRef;
import dev.vertxrpc.Rpc;
import dev.vertxrpc.cluster.Counter;
import dev.vertxrpc.testing.TestGroup;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** References as arguments and results, to whom and inside what they may travel. */
class SharingTest {
  private final TestGroup group = TestGroup.local(4);
  private final Rpc rpc = group.rpc(0);

  @AfterEach
  void close() {
    group.close();
  }

  @Test
  @Tag("T077")
  void aThirdWorkerReadsWhatItIsHanded() {
    try (RRef<Counter> one = rpc.on("w1").create(Counter::new, 1);
         RRef<Counter> two = rpc.on("w1").create(Counter::new, 2);
         RRef<Integer> sum = rpc.on("w2").remote(RefOps::sum, one, two)) {
      assertThat(get(sum.toHere())).isEqualTo(3);
    }
  }

  @Test
  @Tag("T078")
  void areCombinedOnTheirOwner() {
    try (RRef<Counter> one = rpc.on("w1").create(Counter::new, 1);
         RRef<Counter> two = rpc.on("w1").create(Counter::new, 2)) {
      assertThat(Rpc.await(rpc.on("w1").call(RefOps::sum, one, two))).isEqualTo(3);
    }
  }

  @Test
  @Tag("T097")
  void functionsOnTheOwnerChangeTheObjectThatTheyAreHanded() {
    try (RRef<Counter> counter = rpc.on("w1").create(Counter::new, 1)) {
      assertThat(get(counter.call(Counter::get))).as("made by now").isEqualTo(1);
      for (int by : List.of(10, 200, 3_000)) {
        get(rpc.on("w1").call(RefOps::addHere, counter, by));
      }
      try (RRef<Integer> sum = rpc.on("w1").remote(RefOps::addHere, counter, 40_000)) {
        assertThat(get(sum.toHere())).isEqualTo(43_211);
      }

      assertThat(get(counter.call(Counter::get))).isEqualTo(43_211);
    }
  }

  @Test
  void theOwnerGetsItsOwnObjectBack() {
    try (RRef<Counter> counter = rpc.on("w1").create(Counter::new, 1)) {
      assertThat(get(rpc.on("w1").call(RefOps::isOwner, counter))).isTrue();
      assertThat(get(counter.call(Counter::get))).as("made by now").isEqualTo(1);
      assertThat(get(rpc.on("w1").call(RefOps::addHere, counter, 6))).isEqualTo(7);
      assertThat(get(counter.call(Counter::get))).isEqualTo(7);
    }
  }

  @Test
  @Tag("T006")
  void aWorkerHandsItselfAReference() {
    try (RRef<Counter> there = rpc.on("w1").create(Counter::new, 1);
         RRef<Counter> here = rpc.own(new Counter(10));
         RRef<Integer> both = rpc.on("w0").remote(RefOps::sum, there, here)) {
      assertThat(get(rpc.on("w0").call(RefOps::read, there))).isEqualTo(1);
      assertThat(get(rpc.on("w0").call(RefOps::read, here))).isEqualTo(10);
      assertThat(get(both.toHere())).isEqualTo(11);
    }
  }

  @Test
  @Tag("T083")
  void aResultMayBeAReferenceToAThirdWorkersValue() {
    try (RRef<Counter> counter = get(rpc.on("w1").call(RefOps::createOn, "w2", 8))) {
      assertThat(counter.owner()).isEqualTo(group.rpc(2).self());
      assertThat(get(counter.call(Counter::get))).isEqualTo(8);
    }
  }

  @Test
  @Tag("T087")
  void aResultMayBeAListOfReferences() {
    List<RRef<Counter>> counters = get(rpc.on("w1").call(RefOps::ownSome, 1, 2));

    get(rpc.on("w1").call(RefOps::pass, counters.get(0))).close();

    assertThat(get(counters.get(0).call(Counter::add, 4))).isEqualTo(5);
    assertThat(get(rpc.on("w3").call(RefOps::sumOfList, counters))).isEqualTo(7);
    counters.forEach(RRef::close);
  }

  @Test
  void travelsInRecordsAndMaps() {
    try (RRef<Counter> one = rpc.on("w1").create(Counter::new, 1);
         RRef<Counter> two = rpc.on("w2").create(Counter::new, 2)) {
      assertThat(get(rpc.on("w3").call(RefOps::sumOf, new RefOps.Pair(one, two)))).isEqualTo(3);
      assertThat(get(rpc.on("w2").call(RefOps::sumOfMap, Map.of("a", one, "b", two)))).isEqualTo(3);
    }
  }

  @Test
  void goesTwiceInOneCall() {
    try (RRef<Counter> counter = rpc.on("w1").create(Counter::new, 4)) {
      RRef<Counter> back = get(rpc.on("w2").call(RefOps::pass, counter));

      assertThat(get(rpc.on("w2").call(RefOps::sumOfList, List.of(counter, back)))).isEqualTo(8);
      back.close();
    }
  }

  @Test
  @Tag("T080")
  void aKeptValueMayHoldReferences() {
    try (RRef<RefOps.Pair> pair = rpc.on("w1").remote(RefOps::pairOn, "w2", 3, 4)) {
      RefOps.Pair fetched = get(pair.toHere());

      assertThat(get(fetched.first().call(Counter::get))).isEqualTo(3);
      assertThat(get(fetched.second().call(Counter::get))).isEqualTo(4);
      fetched.first().close();
      fetched.second().close();
    }
  }

  @Test
  @Tag("T084")
  void canBeFetchedAtTheEndOfItsWayAroundTheRing() {
    try (RRef<double[]> ramp = rpc.on("w2").remote(RefOps::ramp, 3);
         RRef<double[]> fetched = rpc.on("w1").remote(RefOps::fetchAfter, ramp, 7)) {
      assertThat(get(fetched.toHere())).containsExactly(0, 1, 2);
    }
  }

  @Test
  void canBeCalledAtTheEndOfItsWayAroundTheRing() {
    try (RRef<Counter> counter = rpc.on("w2").create(Counter::new, 9)) {
      assertThat(get(rpc.on("w1").call(RefOps::forward, counter, 8))).isEqualTo(9);
    }
  }

  @Test
  @Tag("T118")
  @Tag("T119")
  void isConfirmedBeforeAFunctionThatTakesItStarts() {
    try (RRef<Counter> counter = rpc.on("w1").create(Counter::new, 9);
         RRef<Counter> own = rpc.own(new Counter(1));
         RRef<Boolean> later = rpc.on("w2").remote(RefOps::isConfirmed, counter)) {
      assertThat(get(rpc.on("w2").call(RefOps::isConfirmed, counter))).isTrue();
      assertThat(get(rpc.on("w2").call(RefOps::isConfirmed, own))).isTrue();
      assertThat(get(later.toHere())).isTrue();
    }
  }

  @Test
  void aHandleReceivedFromTheOwnerIsConfirmedAtOnce() {
    List<RRef<Counter>> counters = get(rpc.on("w1").call(RefOps::ownSome, 1, 2));

    assertThat(counters).allMatch(RRef::isConfirmed);
    counters.forEach(counter -> get(counter.confirmed()));
    counters.forEach(RRef::close);
  }
}
