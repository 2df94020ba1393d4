package dev.vertxrpc.call;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TurnsTest {
  private final Turns turns = new Turns();
  private final List<Integer> started = new ArrayList<>();

  @Test
  void startsAtOnceWhenNobodyIsBefore() {
    turns.take().ready(() -> started.add(0));

    assertThat(started).containsExactly(0);
  }

  @Test
  void waitsForWhoCameBeforeAlthoughReadyFirst() {
    Turns.Turn first = turns.take();
    Turns.Turn second = turns.take();

    second.ready(() -> started.add(2));
    assertThat(started).isEmpty();
    first.ready(() -> started.add(1));
    assertThat(started).containsExactly(1);
    first.done();

    assertThat(started).containsExactly(1, 2);
  }

  @Test
  void passesOverWhoGivesUpWithoutHavingStarted() {
    Turns.Turn first = turns.take();
    Turns.Turn second = turns.take();
    Turns.Turn third = turns.take();
    third.ready(() -> started.add(3));

    second.done();
    assertThat(started).isEmpty();
    first.done();

    assertThat(started).containsExactly(3);
  }

  @Test
  void givesAPlaceBackOnce() {
    Turns.Turn first = turns.take();
    Turns.Turn second = turns.take();
    Turns.Turn third = turns.take();
    second.ready(() -> started.add(2));
    third.ready(() -> started.add(3));

    first.done();
    first.done();

    assertThat(started).containsExactly(2);
  }

  @Test
  void startsAHundredThousandInLineWithoutExhaustingTheStack() {
    List<Turns.Turn> line = IntStream.range(0, 100_000).mapToObj(i -> turns.take()).toList();
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
      List<Turns.Turn> line = IntStream.range(0, 6).mapToObj(i -> turns.take()).toList();
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
}
