package dev.vertxrpc.call;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxrpc.testing.ManualClock;
import dev.vertxrpc.wire.Clock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class DeadlineTest {
  private static final Clock CLOCK = new ManualClock();
  private static final long NOW = CLOCK.nanoTime();

  @Test
  void isNoneForALimitOfZero() {
    assertThat(Deadline.after(CLOCK, Duration.ZERO)).isEqualTo(Deadline.NONE);
    assertThat(Deadline.NONE.isOver()).isFalse();
    assertThat(Deadline.NONE.remaining()).isEmpty();
    assertThat(Deadline.NONE.remainingMillis(NOW)).isNegative();
  }

  @Test
  void isNoneForALimitTooLongToCount() {
    assertThat(Deadline.after(CLOCK, Duration.ofSeconds(Long.MAX_VALUE))).isEqualTo(Deadline.NONE);
    assertThat(Deadline.after(CLOCK, Duration.ofDays(365 * 140L)).isOver()).isFalse();
  }

  @Test
  void isOverWhenItsTimeHasPassed() {
    Deadline deadline = new Deadline(CLOCK, NOW - 1);

    assertThat(deadline.isOver()).isTrue();
    assertThat(deadline.remaining()).contains(Duration.ZERO);
    assertThat(deadline.remainingMillis(NOW)).isZero();
  }

  @Test
  void roundsUpSoThatALittleTimeDoesNotBecomeNone() {
    Deadline deadline = new Deadline(CLOCK, NOW + Duration.ofSeconds(100).toNanos() + 1);

    assertThat(deadline.remainingMillis(NOW)).isEqualTo(100_001);
    assertThat(deadline.remainingMillis(NOW + 1)).isEqualTo(100_000);
  }

  @Test
  void countsTheTimeThatThePeerSaysIsLeft() {
    assertThat(Deadline.fromRemainingMillis(CLOCK, NOW, -1)).isEqualTo(Deadline.NONE);
    assertThat(Deadline.fromRemainingMillis(CLOCK, NOW, 0).isOver()).isTrue();
    assertThat(Deadline.fromRemainingMillis(CLOCK, NOW, 60_000).remaining().orElseThrow())
        .isEqualTo(Duration.ofMinutes(1));
  }

  @Test
  void isFarAwayWhenThePeerSaysMoreThanCanBeCounted() {
    for (long millis : new long[] {Long.MAX_VALUE, Long.MAX_VALUE / 1_000_000 + 1, Long.MAX_VALUE / 500_000}) {
      assertThat(Deadline.fromRemainingMillis(CLOCK, NOW, millis).remaining().orElseThrow()).as("%d ms", millis)
          .isGreaterThan(Duration.ofDays(365 * 100L));
    }
  }

  @Test
  void takesTheSoonerOfTwo() {
    Deadline sooner = Deadline.after(CLOCK, Duration.ofSeconds(1));
    Deadline later = Deadline.after(CLOCK, Duration.ofSeconds(2));

    assertThat(sooner.min(later)).isSameAs(sooner);
    assertThat(later.min(sooner)).isSameAs(sooner);
    assertThat(sooner.min(Deadline.NONE)).isSameAs(sooner);
    assertThat(Deadline.NONE.min(sooner)).isSameAs(sooner);
    assertThat(Deadline.NONE.min(Deadline.NONE)).isEqualTo(Deadline.NONE);
  }

  @Test
  void comparesAcrossTheOverflowOfTheClock() {
    Deadline before = new Deadline(CLOCK, Long.MAX_VALUE - 5);
    Deadline behind = new Deadline(CLOCK, Long.MIN_VALUE + 5);

    assertThat(behind.min(before)).isSameAs(before);
  }
}
