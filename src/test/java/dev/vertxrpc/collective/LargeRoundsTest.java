package dev.vertxrpc.collective;

import static dev.vertxrpc.testing.TestGroup.failure;
import static dev.vertxrpc.testing.TestGroup.get;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxrpc.Collectives;
import dev.vertxrpc.Collectives.Typed;
import dev.vertxrpc.Reducers;
import dev.vertxrpc.RpcFailure;
import dev.vertxrpc.testing.TestGroup;
import io.vertx.core.Future;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Rounds about values that are passed on from participant to participant, in one Vert.x instance and in several. */
class LargeRoundsTest {
  private static final int SIZE = 6;
  private static final int LENGTH = 50_000;
  private TestGroup group = TestGroup.local(SIZE);

  @AfterEach
  void close() {
    group.close();
  }

  private void across(int instances) {
    group.close();
    group = TestGroup.clustered(instances, SIZE);
  }

  private <T> List<Future<T>> all(IntFunction<Future<T>> part) {
    return IntStream.range(0, SIZE).mapToObj(part).toList();
  }

  private Collectives at(int rank) {
    return group.rpc(rank).collectives();
  }

  private static int[] filled(int value) {
    return filled(LENGTH, value);
  }

  private static int[] filled(int length, int value) {
    int[] array = new int[length];
    Arrays.fill(array, value);
    return array;
  }

  @Test
  void everybodyGetsAllArraysInOneInstance() {
    assertEverybodyGetsAll();
  }

  @Test
  void everybodyGetsAllArraysAcrossInstances() {
    across(3);
    for (int i = 0; i < 5; i++) {
      assertEverybodyGetsAll();
    }
    assertThat(get(at(0).among("w0").of(Integer.class).allGather(1))).hasSize(1);
  }

  private void assertEverybodyGetsAll() {
    for (Future<Map<String, int[]>> each : all(rank -> at(rank).of(int[].class).allGather(filled(rank)))) {
      Map<String, int[]> got = get(each);
      assertThat(got.keySet()).containsExactly("w0", "w1", "w2", "w3", "w4", "w5");
      IntStream.range(0, SIZE).forEach(rank -> assertThat(got.get("w" + rank)).isEqualTo(filled(rank)));
    }
    for (Future<int[]> each : all(rank -> at(rank).of(int[].class).broadcast("w4", rank == 4 ? filled(7) : null))) {
      assertThat(get(each)).isEqualTo(filled(7));
    }
  }

  @Test
  void everybodyGetsAllArraysThatAreDecodedBesideItsLoop() {
    across(3);
    int length = 600_000;
    for (int i = 0; i < 5; i++) {
      int round = i;
      for (Future<Map<String, int[]>> each : all(rank ->
          at(rank).of(int[].class).allGather(filled(length, 10 * round + rank)))) {
        Map<String, int[]> got = get(each);
        IntStream.range(0, SIZE).forEach(rank ->
            assertThat(Arrays.equals(got.get("w" + rank), filled(length, 10 * round + rank))).isTrue());
      }
    }
  }

  @Test
  void whatEverybodyGetsIsItsOwn() {
    List<int[]> got = all(rank -> at(rank).of(int[].class).broadcast("w0", rank == 0 ? filled(1) : null)).stream()
        .map(TestGroup::get).toList();

    got.get(0)[0] = 9;

    assertThat(got.get(1)[0]).isEqualTo(1);
    assertThat(got.get(5)[0]).isEqualTo(1);
  }

  @Test
  void arraysAreReducedOnTheirWay() {
    across(3);
    for (Future<int[]> each : all(rank -> at(rank).of(int[].class).allReduce(filled(1 << rank), Reducers::sum))) {
      assertThat(get(each)).isEqualTo(filled((1 << SIZE) - 1));
    }
    List<Future<Optional<int[]>>> reduced = all(rank ->
        at(rank).of(int[].class).reduce("w2", filled(1 << rank), Reducers::sum));
    assertThat(get(reduced.get(2))).hasValueSatisfying(sum -> assertThat(sum).isEqualTo(filled((1 << SIZE) - 1)));
    assertThat(get(reduced.get(0))).isEmpty();
  }

  private static String text(int rank, int length) {
    return Integer.toString(rank).repeat(length);
  }

  @Test
  void valuesAreReducedInRankOrderWhetherLargeOrSmall() {
    List<Integer> lengths = List.of(100_000, 1, 2, 80_000, 0, 70_000);
    String expected = IntStream.range(0, SIZE).mapToObj(rank -> text(rank, lengths.get(rank)))
        .reduce("", String::concat);

    for (Future<String> each : all(rank ->
        at(rank).of(String.class).allReduce(text(rank, lengths.get(rank)), String::concat))) {
      assertThat(get(each)).isEqualTo(expected);
    }
  }

  @Test
  void aReducerThatThrowsFailsTheRoundForAll() {
    for (Future<int[]> each : all(rank -> at(rank).of(int[].class).allReduce(filled(rank), LargeRoundsTest::refuse))) {
      Throwable failure = failure(each);
      assertThat(RpcFailure.of(failure)).isEqualTo(RpcFailure.COLLECTIVE);
      assertThat(failure).hasMessageContaining("no such sum").hasMessageContaining("when it came to the value of w");
    }
    assertEverybodyGetsAll();
  }

  private static int[] refuse(int[] left, int[] right) {
    throw new IllegalStateException("no such sum");
  }

  @Test
  void aValueThatCannotBeReducedIsNamedByWhoseItIs() {
    List<Future<int[]>> rounds = all(rank -> rank < 5
        ? at(rank).of(int[].class).allReduce(filled(rank), Reducers::sum)
        : other(at(rank).of(String.class)));

    // By whom the two are read, only their places say.
    assertThat(failure(rounds.get(0))).hasMessageContaining("contribution of w4 (java.lang.String): found int[]");
  }

  private static Future<int[]> other(Typed<String> rounds) {
    return rounds.allReduce("x".repeat(100_000), String::concat).mapEmpty();
  }

  @Test
  void whoLeavesWhenItHasTheResultLeavesNobodyWithoutIt() {
    across(3);
    List<Future<Map<String, int[]>>> rounds = all(rank -> at(rank).of(int[].class).allGather(filled(rank)));
    get(rounds.get(0));

    group.leave(0);

    rounds.forEach(each -> assertThat(get(each)).hasSize(SIZE));
  }
}
