package dev.vertxrpc.call;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class DeadlineTest {
  @Test
  void isNoneForALimitOfZero() {
    assertThat(Deadline.after(Duration.ZERO)).isEqualTo(Deadline.NONE);
    assertThat(Deadline.NONE.isOver()).isFalse();
    assertThat(Deadline.NONE.remaining()).isEmpty();
    assertThat(Deadline.NONE.remainingMillis()).isNegative();
  }

  @Test
  void isNoneForALimitTooLongToCount() {
    assertThat(Deadline.after(Duration.ofSeconds(Long.MAX_VALUE))).isEqualTo(Deadline.NONE);
    assertThat(Deadline.after(Duration.ofDays(365 * 140L)).isOver()).isFalse();
  }

  @Test
  void isOverWhenItsTimeHasPassed() {
    Deadline deadline = new Deadline(true, System.nanoTime() - 1);

    assertThat(deadline.isOver()).isTrue();
    assertThat(deadline.remaining()).contains(Duration.ZERO);
    assertThat(deadline.remainingMillis()).isZero();
  }

  @Test
  void roundsUpSoThatALittleTimeDoesNotBecomeNone() {
    long start = System.nanoTime();
    Deadline deadline = new Deadline(true, start + Duration.ofSeconds(100).toNanos() + 1);

    long millis = deadline.remainingMillis();

    long passed = Duration.ofNanos(System.nanoTime() - start).toMillis();
    assertThat(millis).isBetween(100_000 - passed, 100_001L);
    assertThat(millis * 1_000_000).isGreaterThanOrEqualTo(deadline.nanos() - System.nanoTime());
  }

  @Test
  void countsTheTimeThatThePeerSaysIsLeft() {
    assertThat(Deadline.fromRemainingMillis(-1)).isEqualTo(Deadline.NONE);
    assertThat(Deadline.fromRemainingMillis(0).isOver()).isTrue();
    assertThat(Deadline.fromRemainingMillis(60_000).remaining().orElseThrow())
        .isBetween(Duration.ofSeconds(50), Duration.ofSeconds(60));
  }

  @Test
  void isFarAwayWhenThePeerSaysMoreThanCanBeCounted() {
    for (long millis : new long[] {Long.MAX_VALUE, Long.MAX_VALUE / 1_000_000 + 1, Long.MAX_VALUE / 500_000}) {
      assertThat(Deadline.fromRemainingMillis(millis).remaining().orElseThrow()).as("%d ms", millis)
          .isGreaterThan(Duration.ofDays(365 * 100L));
    }
  }

  @Test
  void takesTheSoonerOfTwo() {
    Deadline sooner = Deadline.after(Duration.ofSeconds(1));
    Deadline later = Deadline.after(Duration.ofSeconds(2));

    assertThat(sooner.min(later)).isSameAs(sooner);
    assertThat(later.min(sooner)).isSameAs(sooner);
    assertThat(sooner.min(Deadline.NONE)).isSameAs(sooner);
    assertThat(Deadline.NONE.min(sooner)).isSameAs(sooner);
    assertThat(Deadline.NONE.min(Deadline.NONE)).isEqualTo(Deadline.NONE);
  }

  @Test
  void comparesAcrossTheOverflowOfTheClock() {
    Deadline before = new Deadline(true, Long.MAX_VALUE - 5);
    Deadline behind = new Deadline(true, Long.MIN_VALUE + 5);

    assertThat(behind.min(before)).isSameAs(before);
  }
}
