package dev.vertxrpc.collective;

import static dev.vertxrpc.testing.TestGroup.failure;
import static dev.vertxrpc.testing.TestGroup.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.vertxrpc.Collectives;
import dev.vertxrpc.RpcFailure;
import dev.vertxrpc.testing.TestGroup;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Rounds of a whole group and of parts of it, those that succeed and those that do not. */
class RoundsTest {
  private final TestGroup group = TestGroup.local(3);

  @AfterEach
  void close() {
    group.close();
  }

  private Collectives at(int rank) {
    return group.rpc(rank).collectives();
  }

  private Collectives briefly(int rank) {
    return at(rank).withTimeout(Duration.ofMillis(200));
  }

  private List<Future<Map<String, Integer>>> gather(int... values) {
    return IntStream.range(0, 3).mapToObj(rank -> at(rank).of(Integer.class).allGather(values[rank])).toList();
  }

  @Test
  @Tag("T029")
  void everyoneGetsAllValuesInRankOrder() {
    for (Future<Map<String, Integer>> gathered : gather(7, 8, 9)) {
      assertThat(get(gathered)).containsExactly(Map.entry("w0", 7), Map.entry("w1", 8), Map.entry("w2", 9));
    }
  }

  @Test
  void theKthRoundMeetsTheKth() {
    List<List<Future<Map<String, Integer>>>> rounds = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      rounds.add(gather(i, i, i));
    }

    for (int i = 0; i < 200; i++) {
      int number = i;
      assertThat(rounds.get(i)).allSatisfy(each -> assertThat(get(each).values()).containsOnly(number));
    }
  }

  @Test
  void aBarrierWaitsForTheLast() {
    Future<Void> first = at(0).barrier();
    Future<Void> second = at(2).barrier();

    assertThat(first.isComplete() || second.isComplete()).isFalse();
    get(at(1).barrier());
    get(first);
    get(second);
  }

  @Test
  @Tag("T032")
  void partsOfAGroupAndTagsMeetApart() {
    Future<Void> alone = at(0).among("w0").barrier();
    Future<Map<String, String>> left = at(2).among("w1", "w2").of(String.class).allGather("c");
    Future<Map<String, String>> right = at(1).among("w2", "w1").of(String.class).allGather("b");
    Future<Void> tagged = at(1).among("w1", "w2").withTag("x").barrier();

    get(alone);
    assertThat(get(left)).isEqualTo(get(right)).isEqualTo(Map.of("w1", "b", "w2", "c"));
    assertThat(tagged.isComplete()).isFalse();
    get(at(2).among("w1", "w2").withTag("x").barrier());
    get(tagged);
  }

  @Test
  void contributesGenericValuesAndNulls() {
    List<Future<Map<String, List<Long>>>> gathered = IntStream.range(0, 3).mapToObj(rank -> at(rank)
        .of(new TypeReference<List<Long>>() {}).allGather(rank == 1 ? null : List.of((long) rank))).toList();

    Map<String, List<Long>> values = get(gathered.get(2));
    assertThat(values.get("w0")).containsExactly(0L);
    assertThat(values).containsKey("w1").containsEntry("w1", null);
    gathered.forEach(TestGroup::get);
  }

  @Test
  void aRoundThatIsNotCompleteInTimeNamesTheMissingToAllThatCame() {
    List<Future<Void>> rounds = List.of(briefly(0).barrier(), briefly(1).barrier());

    assertThat(rounds).allSatisfy(round -> assertThat(failure(round))
        .hasMessageContaining("no contribution from [w2] within 200 ms")
        .satisfies(cause -> assertThat(RpcFailure.of(cause)).isEqualTo(RpcFailure.COLLECTIVE)));
  }

  @Test
  void whoComesLateIsToldAndTheNextRoundMeets() {
    failure(briefly(0).barrier());

    assertThat(failure(at(1).barrier())).hasMessageContaining("it was over when w1 came");
    assertThat(failure(at(2).barrier())).hasMessageContaining("it was over when w2 came");
    assertThat(gather(1, 2, 3)).allSatisfy(each -> assertThat(get(each).values()).containsExactly(1, 2, 3));
  }

  @Test
  void aLeaderThatComesLateIsToldAndTheNextRoundMeets() {
    List<Future<Void>> early = List.of(briefly(1).barrier(), briefly(2).barrier());
    early.forEach(round -> assertThat(failure(round)).hasMessageContaining("no contribution from [w0]"));

    assertThat(failure(at(0).barrier())).hasMessageContaining("it was over when w0, its leader, came");
    assertThat(gather(1, 2, 3)).allSatisfy(each -> assertThat(get(each).values()).containsExactly(1, 2, 3));
  }

  @Test
  void aParticipantThatLeavesFailsTheRoundByName() {
    List<Future<Void>> rounds = List.of(at(0).barrier(), at(1).barrier());

    group.leave(2);

    assertThat(rounds).allSatisfy(round -> assertThat(failure(round)).hasMessageContaining("w2 is gone"));
  }

  @Test
  void aLeaderThatLeavesFailsTheRoundByName() {
    List<Future<Void>> rounds = List.of(at(1).barrier(), at(2).barrier());

    group.leave(0);

    assertThat(rounds).allSatisfy(round -> assertThat(failure(round)).hasMessageContaining("w0 is gone"));
  }

  @Test
  void refusesARoundWithoutItself() {
    assertThatThrownBy(() -> at(0).among("w1", "w2")).isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("w0 is not among [w1, w2]");
  }

  @Test
  void anUnknownNameFailsTheRound() {
    assertThat(failure(at(0).among("w0", "w9").barrier())).hasMessageContaining("w9 is not in the group");
  }

  @Test
  void aValueThatCannotBeEncodedFailsTheRoundForAllAndTheNextMeets() {
    List<Future<Map<String, Object>>> broken = List.of(at(0).of(Object.class).allGather(1),
        at(1).of(Object.class).allGather(new Object()), at(2).of(Object.class).allGather(1));

    assertThat(RpcFailure.of(failure(broken.get(1)))).isEqualTo(RpcFailure.CODEC);
    assertThat(List.of(broken.get(0), broken.get(2))).allSatisfy(each -> assertThat(failure(each))
        .hasMessageContaining("w1 cannot take part: ")
        .satisfies(cause -> assertThat(RpcFailure.of(cause)).isEqualTo(RpcFailure.COLLECTIVE)));
    assertThat(gather(1, 2, 3)).allSatisfy(each -> assertThat(get(each)).hasSize(3));
  }

  @Test
  void whoLagsBehindMeetsEachRoundInItsTurn() {
    List<Future<Map<String, Integer>>> ahead = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      ahead.add(at(0).of(Integer.class).allGather(i));
      ahead.add(at(1).of(Integer.class).allGather(i));
    }

    for (int i = 0; i < 5; i++) {
      assertThat(get(at(2).of(Integer.class).allGather(i)).values()).containsOnly(i);
    }
    ahead.forEach(TestGroup::get);
  }

  @Test
  void aLeaderThatHasForgottenWhereTheOthersAreMeetsThemThere() {
    gather(1, 2, 3).forEach(TestGroup::get);
    forgetAtTheLeader();

    List<Future<Map<String, Integer>>> waiting = List.of(at(1).of(Integer.class).allGather(1),
        at(2).of(Integer.class).allGather(1));
    group.eventually("the leader has heard of it", () -> group.figure(0, "rounds") == 1);
    assertThat(get(at(0).of(Integer.class).allGather(1)).values()).containsOnly(1);
    waiting.forEach(TestGroup::get);
  }

  @Test
  void aLeaderThatHasForgottenAndComesFirstIsToldWhereTheOthersAre() {
    gather(1, 2, 3).forEach(TestGroup::get);
    forgetAtTheLeader();

    Future<Map<String, Integer>> first = at(0).of(Integer.class).allGather(1);
    List<Future<Map<String, Integer>>> others = List.of(at(1).of(Integer.class).allGather(1),
        at(2).of(Integer.class).allGather(1));

    assertThat(failure(first)).hasMessageContaining("others are at number 1 of theirs already, this was 0");
    assertThat(get(at(0).of(Integer.class).allGather(1)).values()).containsOnly(1);
    others.forEach(TestGroup::get);
  }

  private void forgetAtTheLeader() {
    for (int i = 0; i < Numbering.REMEMBERED; i++) {
      get(at(0).among("w0").withTag("tag " + i).barrier());
    }
  }

  @Test
  @Tag("T034")
  void aWorkerThatHasLeftTakesPartInNothing() {
    Collectives late = at(0);
    group.shutdown();

    assertThat(RpcFailure.of(failure(late.among("w0").barrier())))
        .isIn(RpcFailure.NOT_JOINED, RpcFailure.COLLECTIVE);
    assertThat(RpcFailure.of(failure(group.rpc(0).on("w0").call(dev.vertxrpc.cluster.Ops::greet, "x"))))
        .isIn(RpcFailure.NOT_JOINED, RpcFailure.NO_SUCH_WORKER);
  }
}
