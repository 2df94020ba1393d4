package dev.vertxrpc.call;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxrpc.wire.CallId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TurnsTest {
  private static final Turns.InTree TREE = () -> new CallId(1, 1);
  private static final Turns.InTree OTHER_TREE = () -> new CallId(2, 1);

  private final Turns turns = new Turns();
  private final List<Integer> started = new ArrayList<>();

  @Test
  void startsAtOnceWhenNobodyIsBefore() {
    turns.take(TREE).ready(() -> started.add(0));

    assertThat(started).containsExactly(0);
  }

  @Test
  void waitsForWhoCameBeforeAlthoughReadyFirst() {
    Turns.Turn first = turns.take(TREE);
    Turns.Turn second = turns.take(TREE);

    second.ready(() -> started.add(2));
    assertThat(started).isEmpty();
    first.ready(() -> started.add(1));
    assertThat(started).containsExactly(1);
    first.done();

    assertThat(started).containsExactly(1, 2);
  }

  @Test
  void passesOverWhoGivesUpWithoutHavingStarted() {
    Turns.Turn first = turns.take(TREE);
    Turns.Turn second = turns.take(TREE);
    Turns.Turn third = turns.take(TREE);
    third.ready(() -> started.add(3));

    second.done();
    assertThat(started).isEmpty();
    first.done();

    assertThat(started).containsExactly(3);
  }

  @Test
  void keepsNothingOfWhoGaveUpBehindOneThatNeverEnds() {
    turns.take(TREE).ready(() -> started.add(1));
    List<Turns.Turn> line = IntStream.range(0, 1_000).mapToObj(i -> turns.take(OTHER_TREE)).toList();
    line.forEach(turn -> turn.ready(() -> started.add(2)));

    line.forEach(Turns.Turn::done);

    assertThat(turns.waiting()).isZero();
    assertThat(started).containsExactly(1);
  }

  @Test
  void givesAPlaceBackOnce() {
    Turns.Turn first = turns.take(TREE);
    Turns.Turn second = turns.take(TREE);
    Turns.Turn third = turns.take(TREE);
    second.ready(() -> started.add(2));
    third.ready(() -> started.add(3));

    first.done();
    first.done();

    assertThat(started).containsExactly(2);
  }

  @Test
  void startsAHundredThousandInLineWithoutExhaustingTheStack() {
    List<Turns.Turn> line = IntStream.range(0, 100_000).mapToObj(i -> turns.take(TREE)).toList();
    for (int i = 1; i < line.size(); i++) {
      Turns.Turn turn = line.get(i);
      int number = i;
      turn.ready(() -> {
        started.add(number);
        turn.done();
      });
    }

    line.get(0).done();

    assertThat(started).isEqualTo(IntStream.range(1, 100_000).boxed().toList());
  }

  @Test
  void keepsTheOrderInWhichPlacesWereTakenWhateverComesFirst() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int round = 0; round < 2_000; round++) {
      started.clear();
      List<Turns.Turn> line = IntStream.range(0, 6).mapToObj(i -> turns.take(TREE)).toList();
      List<Runnable> steps = new ArrayList<>();
      for (int i = 0; i < line.size(); i++) {
        int number = i;
        // Some end as they start, some later, as a blocking method does.
        boolean later = random.nextBoolean();
        steps.add(() -> line.get(number).ready(() -> {
          started.add(number);
          if (later) {
            steps.add(line.get(number)::done);
          } else {
            line.get(number).done();
          }
        }));
      }
      Collections.shuffle(steps, random);

      while (!steps.isEmpty()) {
        steps.remove(random.nextInt(steps.size())).run();
      }

      assertThat(started).as("seed %d, round %d", seed, round).containsExactly(0, 1, 2, 3, 4, 5);
    }
  }

  @Test
  void letsInTheCallsOfItsOwnTreeOneAtATimeWhileItWaits() {
    Turns.Turn first = turns.take(TREE);
    Turns.Turn stranger = turns.take(OTHER_TREE);
    Turns.Turn nested = turns.take(TREE);
    Turns.Turn nestedToo = turns.take(TREE);
    first.ready(() -> started.add(1));
    stranger.ready(() -> started.add(2));
    nested.ready(() -> started.add(3));
    nestedToo.ready(() -> started.add(4));
    assertThat(started).containsExactly(1);

    first.pause();
    assertThat(started).containsExactly(1, 3);
    first.resume(() -> started.add(10));
    assertThat(started).as("while the one let in runs").containsExactly(1, 3);
    nested.done();
    assertThat(started).as("it goes on before others are let in").containsExactly(1, 3, 10);
    first.pause();
    assertThat(started).containsExactly(1, 3, 10, 4);
    nestedToo.done();
    first.resume(() -> started.add(11));
    first.done();

    assertThat(started).containsExactly(1, 3, 10, 4, 11, 2);
  }

  @Test
  void letsInWhoComesWhileItWaits() {
    Turns.Turn first = turns.take(TREE);
    first.ready(() -> started.add(1));
    first.pause();

    turns.take(OTHER_TREE).ready(() -> started.add(2));
    turns.take(TREE).ready(() -> started.add(3));

    assertThat(started).containsExactly(1, 3);
  }

  @Test
  void neverRunsTwoAtATimeHoweverTheyWait() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int round = 0; round < 2_000; round++) {
      new RandomTurns(random).run("seed " + seed + ", round " + round);
    }
  }

  /** Turns of two trees, each of which runs, waits now and then, and ends, in random order. */
  private static final class RandomTurns {
    private final Random random;
    private final Turns turns = new Turns();
    private final List<Runnable> steps = new ArrayList<>();
    private int running;
    private int ended;
    private int most;

    RandomTurns(Random random) {
      this.random = random;
    }

    void run(String description) {
      for (int i = 0; i < 8; i++) {
        Turns.Turn turn = turns.take(random.nextBoolean() ? TREE : OTHER_TREE);
        steps.add(() -> turn.ready(() -> runs(turn)));
      }
      while (!steps.isEmpty()) {
        steps.remove(random.nextInt(steps.size())).run();
      }
      assertThat(most).as(description).isEqualTo(1);
      assertThat(ended).as(description).isEqualTo(8);
    }

    private void runs(Turns.Turn turn) {
      running++;
      most = Math.max(most, running);
      if (random.nextInt(3) == 0) {
        steps.add(() -> {
          running--;
          turn.pause();
          steps.add(() -> turn.resume(() -> runs(turn)));
        });
      } else {
        steps.add(() -> {
          running--;
          ended++;
          turn.done();
        });
      }
    }
  }
}
