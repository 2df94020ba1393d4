package dev.vertxrpc.call;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxrpc.testing.ManualClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DeadlinesTest {
  private final ManualClock clock = new ManualClock();
  private final Deadlines deadlines = new Deadlines(clock);
  private final List<Integer> expired = new ArrayList<>();

  private final class Numbered extends Deadlines.Entry {
    private final int number;

    Numbered(int number) {
      this.number = number;
    }

    @Override
    void expire() {
      expired.add(number);
    }
  }

  private Numbered enter(int number, Duration limit) {
    Numbered entry = new Numbered(number);
    deadlines.enter(entry, Deadline.after(clock, limit));
    return entry;
  }

  @Test
  void expiresEachAtItsTime() {
    enter(1, Duration.ofMillis(3));
    enter(2, Duration.ofMillis(1));
    enter(3, Duration.ofSeconds(1));

    clock.advance(Duration.ofMillis(2));
    assertThat(expired).containsExactly(2);
    clock.advance(Duration.ofMillis(1));
    assertThat(expired).containsExactly(2, 1);
    clock.advance(Duration.ofSeconds(1));

    assertThat(expired).containsExactly(2, 1, 3);
    assertThat(clock.alarms()).isZero();
  }

  @Test
  void expiresTheOthersWhereOneThrows() {
    enter(1, Duration.ofMillis(1));
    deadlines.enter(new Deadlines.Entry() {
      @Override
      void expire() {
        throw new IllegalStateException("nobody is there to be told");
      }
    }, Deadline.after(clock, Duration.ofMillis(1)));
    enter(2, Duration.ofMillis(1));

    clock.advance(Duration.ofMillis(1));

    assertThat(expired).containsExactly(1, 2);
  }

  @Test
  void sharesAnAlarmAmongThoseOfOneMoment() {
    for (int i = 0; i < 1_000; i++) {
      enter(i, Duration.ofMinutes(1));
    }

    assertThat(clock.alarms()).isEqualTo(1);
    clock.advance(Duration.ofMinutes(1));
    assertThat(expired).hasSize(1_000);
  }

  @Test
  void keepsOneAlarmAtTheMostForCallsThatHaveEnded() {
    for (int i = 0; i < 1_000; i++) {
      Numbered entry = enter(i, Duration.ofMinutes(1));
      clock.advance(Duration.ofMillis(1));
      deadlines.takeOut(entry);
      assertThat(clock.alarms()).isEqualTo(1);
    }

    clock.advance(Duration.ofMinutes(2));
    assertThat(expired).isEmpty();
    assertThat(clock.alarms()).isZero();
  }

  @Test
  void leavesNoAlarmWhenItIsClosed() {
    enter(1, Duration.ofMinutes(1));
    enter(2, Duration.ofMinutes(2));

    deadlines.close();

    assertThat(clock.alarms()).isZero();
  }

  @Test
  void takesOutWhatHasNoDeadlineOrHasExpired() {
    Numbered none = enter(1, Duration.ZERO);
    Numbered over = enter(2, Duration.ofMillis(1));
    clock.advance(Duration.ofMinutes(1));

    deadlines.takeOut(none);
    deadlines.takeOut(over);

    assertThat(expired).containsExactly(2);
    assertThat(clock.alarms()).isZero();
  }

  @Test
  void expiresWhatIsLeftAtItsTime() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    Map<Integer, Long> due = new HashMap<>();
    Map<Integer, Numbered> entries = new HashMap<>();
    for (int i = 0; i < 2_000; i++) {
      Duration limit = Duration.ofMillis(1 + random.nextInt(200));
      entries.put(i, enter(i, limit));
      due.put(i, clock.nanoTime() + limit.toNanos());
      if (random.nextInt(3) == 0) {
        int gone = random.nextInt(i + 1);
        deadlines.takeOut(entries.get(gone));
        due.remove(gone);
      }
      clock.advance(Duration.ofNanos(random.nextInt(200_000)));
      expired.forEach(number -> assertThat(due.getOrDefault(number, Long.MAX_VALUE)).as("seed %d", seed)
          .isLessThanOrEqualTo(clock.nanoTime()));
      expired.forEach(due::remove);
      expired.clear();
      assertThat(due.values()).as("seed %d, late", seed).allMatch(nanos -> nanos > clock.nanoTime());
    }
  }
}
