package dev.vertxrpc.collective;

import static dev.vertxrpc.testing.TestGroup.failure;
import static dev.vertxrpc.testing.TestGroup.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vertxrpc.Collectives;
import dev.vertxrpc.Collectives.Typed;
import dev.vertxrpc.Reducers;
import dev.vertxrpc.RpcFailure;
import dev.vertxrpc.testing.TestGroup;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What each operation gives to whom, in a group whose order of names is not that of its ranks, and what it refuses. */
class OperationsTest {
  private static final CountDownLatch NEVER = new CountDownLatch(1);

  /** Ranks 0, 1, 2 are c, b, a: a leads. */
  private final TestGroup group = TestGroup.differing(3, rank -> new JsonObject().put("name", name(rank)));

  private static String name(int rank) {
    return List.of("c", "b", "a").get(rank);
  }

  @AfterEach
  void close() {
    group.close();
  }

  private Collectives at(int rank) {
    return group.rpc(rank).collectives();
  }

  private <T, R> List<Future<R>> all(Class<T> type, Function<Typed<T>, Future<R>> operation) {
    return IntStream.range(0, 3).mapToObj(rank -> operation.apply(at(rank).of(type))).toList();
  }

  private Typed<String> strings(int rank) {
    return at(rank).of(String.class);
  }

  // ---- what they give

  @ParameterizedTest
  @ValueSource(strings = {"a", "b", "c"})
  void gatherGivesAllValuesToOneInRankOrder(String to) {
    List<Future<Map<String, String>>> got = IntStream.range(0, 3)
        .mapToObj(rank -> strings(rank).gather(to, "of " + name(rank))).toList();

    for (int rank = 0; rank < 3; rank++) {
      if (name(rank).equals(to)) {
        assertThat(get(got.get(rank))).containsExactly(Map.entry("c", "of c"), Map.entry("b", "of b"),
            Map.entry("a", "of a"));
      } else {
        assertThat(get(got.get(rank))).isEmpty();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "b", "c"})
  void broadcastGivesOneValueToAll(String from) {
    List<Future<String>> got = IntStream.range(0, 3).mapToObj(rank ->
        strings(rank).broadcast(from, name(rank).equals(from) ? "news of " + from : null)).toList();

    assertThat(got).allSatisfy(each -> assertThat(get(each)).isEqualTo("news of " + from));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "b", "c"})
  void scatterGivesEachItsOwn(String from) {
    List<Future<String>> got = IntStream.range(0, 3).mapToObj(rank -> strings(rank).scatter(from,
        name(rank).equals(from) ? Map.of("a", "for a", "b", "for b", "c", "for c") : Map.of())).toList();

    for (int rank = 0; rank < 3; rank++) {
      assertThat(get(got.get(rank))).isEqualTo("for " + name(rank));
    }
  }

  @Test
  void allReduceGoesThroughTheValuesInRankOrder() {
    List<Future<String>> got = IntStream.range(0, 3)
        .mapToObj(rank -> strings(rank).allReduce(name(rank), String::concat)).toList();

    assertThat(got).allSatisfy(each -> assertThat(get(each)).isEqualTo("cba"));
  }

  @Test
  void reduceGivesTheResultToOne() {
    List<Future<Optional<String>>> got = IntStream.range(0, 3)
        .mapToObj(rank -> strings(rank).reduce("b", name(rank), String::concat)).toList();

    assertThat(get(got.get(1))).contains("cba");
    assertThat(get(got.get(0))).isEmpty();
    assertThat(get(got.get(2))).isEmpty();
  }

  @Test
  void arraysAreReducedElementByElement() {
    assertThat(get(all(double[].class, each -> each.allReduce(new double[] {1, -2}, Reducers::sum)).get(0)))
        .containsExactly(3, -6);
    assertThat(get(all(float[].class, each -> each.allReduce(new float[] {1, -2}, Reducers::sum)).get(1)))
        .containsExactly(3, -6);
    assertThat(get(all(long[].class, each -> each.allReduce(new long[] {1, -2}, Reducers::sum)).get(2)))
        .containsExactly(3, -6);
    assertThat(get(all(int[].class, each -> each.allReduce(new int[] {1, -2}, Reducers::sum)).get(0)))
        .containsExactly(3, -6);
    assertThat(get(all(double[].class, each -> each.allReduce(new double[] {1, -2}, Reducers::max)).get(0)))
        .containsExactly(1, -2);
    assertThat(Reducers.max(new float[] {1, 5}, new float[] {2, 3})).containsExactly(2, 5);
    assertThat(Reducers.max(new long[] {1, 5}, new long[] {2, 3})).containsExactly(2, 5);
    assertThat(Reducers.max(new int[] {1, 5}, new int[] {2, 3})).containsExactly(2, 5);
  }

  @Test
  void numbersAreReducedByWhatThePlatformHas() {
    assertThat(get(all(Integer.class, each -> each.allReduce(2, Integer::sum)).get(0))).isEqualTo(6);
    assertThat(get(all(Double.class, each -> each.allReduce(2.5, Double::max)).get(1))).isEqualTo(2.5);
  }

  // ---- what they refuse

  private static void assertCollective(Future<?> future, String message) {
    assertThat(failure(future)).hasMessageContaining(message)
        .satisfies(cause -> assertThat(RpcFailure.of(cause)).isEqualTo(RpcFailure.COLLECTIVE));
  }

  private static String broken(String left, String right) {
    throw new IllegalStateException("no " + left + " with " + right);
  }

  private static String none(String left, String right) {
    return null;
  }

  private static String slow(String left, String right) throws InterruptedException {
    NEVER.await();
    return left;
  }

  @Test
  void aReducerThatThrowsFailsTheRoundForAll() {
    for (Future<String> each : all(String.class, typed -> typed.allReduce("x", OperationsTest::broken))) {
      assertCollective(each, "the reducer threw java.lang.IllegalStateException: no x with x when it came to the value "
          + "of b");
    }
    for (Future<Optional<String>> each : all(String.class, typed -> typed.reduce("c", "x", OperationsTest::broken))) {
      assertCollective(each, "the reducer threw");
    }
  }

  @Test
  void aReducerThatReturnsNullFailsTheRoundForAll() {
    for (Future<String> each : all(String.class, typed -> typed.allReduce("x", OperationsTest::none))) {
      assertCollective(each, "the reducer returned null when it came to the value of b");
    }
  }

  @Test
  void aReducerThatDoesNotEndFailsTheRoundAtItsLimit() {
    List<Future<String>> rounds = IntStream.range(0, 3).mapToObj(rank -> at(rank).withTimeout(Duration.ofMillis(200))
        .of(String.class).allReduce("x", OperationsTest::slow)).toList();

    rounds.forEach(each -> assertCollective(each, "the reducer has not ended within 200 ms"));
  }

  @Test
  void arraysOfDifferentLengthsAreNotReduced() {
    List<Future<int[]>> got = IntStream.range(0, 3).mapToObj(rank ->
        at(rank).of(int[].class).allReduce(new int[rank + 1], Reducers::sum)).toList();

    got.forEach(each -> assertCollective(each, "arrays of 1 and 2 elements"));
  }

  @Test
  void differentMethodsInOneRoundFailItNamingBoth() {
    Future<Void> met = at(1).barrier();
    group.eventually("the leader has heard of it", () -> group.figure(2, "rounds") == 1);
    Future<Map<String, String>> gathered = strings(0).gather("b", "x");

    assertCollective(met, "b came for barrier, c for gather to b");
    assertCollective(gathered, "b came for barrier, c for gather to b");
    assertCollective(strings(2).allGather("late"), "it was over when a, its leader, came: b came for barrier");
    all(String.class, typed -> typed.allGather("x")).forEach(each -> assertThat(get(each)).hasSize(3));
  }

  @Test
  void differentRootsInOneRoundFailItNamingBoth() {
    Future<Map<String, String>> first = strings(2).gather("b", "x");
    Future<Map<String, String>> second = strings(0).gather("c", "x");

    assertCollective(first, "a came for gather to b, c for gather to c");
    assertCollective(second, "a came for gather to b, c for gather to c");
    assertCollective(strings(1).gather("b", "x"), "it was over when b came: a came for gather to b");
  }

  @Test
  void aRootThatDoesNotTakePartIsRefusedAndTheOthersHearOfIt() {
    Typed<String> wrong = at(0).among("a", "c").of(String.class);

    assertThatThrownBy(() -> wrong.gather("b", "x")).isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("gather to b: b does not take part, [c, a] do");
    assertCollective(at(2).among("a", "c").of(String.class).gather("c", "x"), "c cannot take part: gather to b");
    assertCollective(strings(0).reduce("z", "x", String::concat), "reduce to z: z does not take part, [c, b, a] do");
    assertCollective(strings(1).reduce("a", "x", String::concat), "c cannot take part");
    assertCollective(strings(2).reduce("a", "x", String::concat), "c cannot take part");
  }

  @Test
  void aScatterWithMissingOrUnexpectedNamesIsRefusedAndTheOthersHearOfIt() {
    Future<String> waiting = strings(0).scatter("b", Map.of());

    assertCollective(strings(1).scatter("b", Map.of("a", "x", "z", "y")),
        "scatter from b: one value for each of [c, b, a] is needed, there are some for [a, z]");
    assertCollective(waiting, "b cannot take part: ");
    assertCollective(strings(2).scatter("b", Map.of()), "b cannot take part: ");
    assertThatThrownBy(() -> at(1).among("b").of(String.class).scatter("b", null))
        .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("there are some for nobody");
  }

  @Test
  void aScatterToNobodyIsRefusedAndTheOthersHearOfIt() {
    Map<String, String> values = new HashMap<>(Map.of("a", "x", "b", "y"));
    values.put(null, "z");
    Future<String> waiting = strings(0).scatter("b", Map.of());

    assertCollective(strings(1).scatter("b", values), "[c, b, a] is needed, there are some for [a, b, null]");
    assertCollective(waiting, "b cannot take part: ");
    assertCollective(strings(2).scatter("b", Map.of()), "b cannot take part: ");
  }

  @Test
  void whateverElseABroughtValueThrowsIsThrownAndTheOthersHearOfIt() {
    Map<String, String> broken = new HashMap<>() {
      private static final long serialVersionUID = 1L;

      @Override
      public Set<String> keySet() {
        throw new NoClassDefFoundError("com/acme/Missing");
      }
    };

    assertThatThrownBy(() -> strings(0).scatter("c", broken)).isInstanceOf(NoClassDefFoundError.class);

    for (int rank = 1; rank < 3; rank++) {
      assertCollective(strings(rank).scatter("c", Map.of()), "c cannot take part: java.lang.NoClassDefFoundError");
    }
    IntStream.range(0, 3).mapToObj(rank -> at(rank).barrier()).toList().forEach(TestGroup::get);
  }

  @Test
  void valuesThatWouldBeDroppedAreRefused() {
    assertThatThrownBy(() -> strings(0).broadcast("b", "x")).isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("pass null everywhere but at b");
    assertCollective(strings(1).broadcast("b", "y"), "c cannot take part");
    assertCollective(strings(2).broadcast("b", null), "c cannot take part");
    assertThatThrownBy(() -> strings(0).scatter("b", Map.of("a", "x"))).isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("pass an empty map everywhere but at b");
    assertCollective(strings(1).scatter("b", Map.of("a", "", "b", "", "c", "")), "c cannot take part");
    assertCollective(strings(2).scatter("b", Map.of()), "c cannot take part");
  }

  @Test
  void nullIsNotReduced() {
    assertThatThrownBy(() -> strings(1).allReduce(null, String::concat)).isInstanceOf(IllegalArgumentException.class);
    assertCollective(strings(0).allReduce("x", String::concat), "b cannot take part: allReduce: b has brought null");
    assertCollective(strings(2).allReduce("x", String::concat), "b cannot take part: allReduce: b has brought null");
  }
}
