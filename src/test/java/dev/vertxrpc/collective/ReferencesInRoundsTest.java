package dev.vertxrpc.collective;

import static dev.vertxrpc.testing.TestGroup.failure;
import static dev.vertxrpc.testing.TestGroup.get;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.vertxrpc.Collectives.Typed;
import dev.vertxrpc.RRef;
import dev.vertxrpc.RpcFailure;
import dev.vertxrpc.cluster.Counter;
import dev.vertxrpc.testing.TestGroup;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** References in contributed values: each receiver has a handle of its own, and no round that fails keeps one. */
class ReferencesInRoundsTest {
  private static final TypeReference<RRef<Counter>> COUNTER = new TypeReference<>() {};
  private static final TypeReference<List<RRef<Counter>>> COUNTERS = new TypeReference<>() {};

  private final TestGroup group = TestGroup.local(3);

  @AfterEach
  void close() {
    try {
      group.eventually("nothing is held any more", () -> IntStream.range(0, 3).allMatch(this::isClean));
    } finally {
      group.close();
    }
  }

  private boolean isClean(int rank) {
    JsonObject figures = group.worker(rank).debugInfo();
    return figures.fieldNames().stream().allMatch(name -> figures.getInteger(name) == 0);
  }

  private Typed<RRef<Counter>> at(int rank) {
    return group.rpc(rank).collectives().withTimeout(Duration.ofSeconds(10)).of(COUNTER);
  }

  private RRef<Counter> counter(int owner, int start) {
    return group.rpc(owner).own(new Counter(start));
  }

  private static int use(RRef<Counter> ref) {
    try (ref) {
      return get(ref.call(Counter::get));
    }
  }

  @Test
  void everyoneGetsAHandleOfItsOwnToEachValueThatIsGathered() {
    List<RRef<Counter>> own = IntStream.range(0, 3).mapToObj(rank -> counter(rank, rank)).toList();

    List<Future<Map<String, RRef<Counter>>>> gathered = IntStream.range(0, 3)
        .mapToObj(rank -> at(rank).allGather(own.get(rank))).toList();
    own.forEach(RRef::close);

    for (Future<Map<String, RRef<Counter>>> each : gathered) {
      assertThat(get(each).values().stream().map(ReferencesInRoundsTest::use)).containsExactly(0, 1, 2);
    }
  }

  @Test
  void aHandleToSomebodyElsesValueCanBeContributedAndClosedAtOnce() {
    List<RRef<Counter>> held = IntStream.range(0, 3)
        .mapToObj(rank -> group.rpc(rank).on((rank + 1) % 3).create(Counter::new, rank)).toList();

    List<Future<Map<String, RRef<Counter>>>> gathered = IntStream.range(0, 3)
        .mapToObj(rank -> at(rank).allGather(held.get(rank))).toList();
    held.forEach(RRef::close);

    for (Future<Map<String, RRef<Counter>>> each : gathered) {
      assertThat(get(each).values().stream().map(ReferencesInRoundsTest::use)).containsExactly(0, 1, 2);
    }
  }

  @Test
  void severalReferencesInOneValueArriveInTheirPlaces() {
    List<RRef<Counter>> own = IntStream.range(0, 3).mapToObj(number -> counter(1, number)).toList();
    List<Future<Map<String, List<RRef<Counter>>>>> gathered = IntStream.range(0, 3).mapToObj(rank ->
        group.rpc(rank).collectives().of(COUNTERS).allGather(own.subList(0, rank + 1))).toList();

    // Handles of w1: the others may not contribute them.
    assertThat(failure(gathered.get(0))).hasMessageContaining("is another worker's");
    assertThat(failure(gathered.get(1))).hasMessageContaining("w0 cannot take part");
    failure(gathered.get(2));
    List<Future<List<RRef<Counter>>>> sent = IntStream.range(0, 3).mapToObj(rank ->
        group.rpc(rank).collectives().of(COUNTERS).broadcast("w1", rank == 1 ? own : null)).toList();
    for (Future<List<RRef<Counter>>> each : sent) {
      assertThat(get(each).stream().map(ReferencesInRoundsTest::use)).containsExactly(0, 1, 2);
    }
    own.forEach(RRef::close);
  }

  @Test
  void gatherAndScatterHandOutOnlyWhatIsReceived() {
    List<RRef<Counter>> own = IntStream.range(0, 3).mapToObj(rank -> counter(rank, rank)).toList();
    List<Future<Map<String, RRef<Counter>>>> gathered = IntStream.range(0, 3)
        .mapToObj(rank -> at(rank).gather("w2", own.get(rank))).toList();
    assertThat(get(gathered.get(2)).values().stream().map(ReferencesInRoundsTest::use)).containsExactly(0, 1, 2);
    assertThat(get(gathered.get(1))).isEmpty();

    List<RRef<Counter>> theirs = IntStream.range(0, 3).mapToObj(number -> counter(2, 10 + number)).toList();
    List<Future<RRef<Counter>>> scattered = IntStream.range(0, 3).mapToObj(rank -> at(rank).scatter("w2",
        rank == 2 ? Map.of("w0", theirs.get(0), "w1", theirs.get(1), "w2", theirs.get(2)) : Map.of())).toList();
    for (int rank = 0; rank < 3; rank++) {
      assertThat(use(get(scattered.get(rank)))).isEqualTo(10 + rank);
    }
    own.forEach(RRef::close);
    theirs.forEach(RRef::close);
  }

  @Test
  void aRoundThatIsNotCompleteGivesEveryReferenceBack() {
    RRef<Counter> own = counter(1, 1);
    RRef<Counter> held = group.rpc(0).on("w2").create(Counter::new, 2);
    List<Future<?>> rounds = List.of(
        group.rpc(0).collectives().withTimeout(Duration.ofMillis(200)).of(COUNTER).allGather(held),
        group.rpc(1).collectives().withTimeout(Duration.ofMillis(200)).of(COUNTER).allGather(own));

    rounds.forEach(each -> assertThat(failure(each)).hasMessageContaining("no contribution from [w2]"));
    own.close();
    held.close();
    failure(at(2).allGather(null));
  }

  @Test
  void aRoundOfDifferentMethodsGivesEveryReferenceBack() {
    RRef<Counter> own = counter(1, 1);
    Future<?> gathered = at(1).allGather(own);
    Future<?> met = group.rpc(0).collectives().barrier();

    assertThat(failure(gathered)).hasMessageContaining("allGather");
    failure(met);
    failure(at(2).allGather(null));
    own.close();
  }

  @Test
  void whatCannotBeDecodedIsNotKept() {
    RRef<Counter> own = counter(1, 1);
    List<Future<?>> rounds = List.of(group.rpc(0).collectives().of(Integer.class).allGather(1), at(1).allGather(own),
        group.rpc(2).collectives().of(Integer.class).allGather(1));

    rounds.forEach(each -> assertThat(RpcFailure.of(failure(each))).isEqualTo(RpcFailure.CODEC));
    own.close();
  }

  @Test
  void aClosedHandleFailsTheRoundForAll() {
    RRef<Counter> closed = counter(1, 1);
    closed.close();

    assertThat(RpcFailure.of(failure(at(1).allGather(closed)))).isEqualTo(RpcFailure.REF_RELEASED);
    assertThat(failure(at(0).allGather(null))).hasMessageContaining("w1 cannot take part");
    assertThat(failure(at(2).allGather(null))).hasMessageContaining("w1 cannot take part");
  }

  @Test
  void aReferenceIsNotReduced() {
    RRef<Counter> own = counter(1, 1);

    assertThat(failure(at(1).allReduce(own, (left, right) -> left))).hasMessageContaining("cannot be reduced");
    assertThat(failure(group.rpc(0).collectives().barrier())).hasMessageContaining("w1 cannot take part");
    assertThat(failure(group.rpc(2).collectives().barrier())).hasMessageContaining("w1 cannot take part");
    own.close();
  }
}
