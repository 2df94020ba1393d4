package dev.vertxrpc.call;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxrpc.wire.Clock;
import io.netty.util.Timeout;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class DeadlineTest {
  private static final Clock CLOCK = new SystemClock();

  /** The clock that counts on its own; nothing rings here. */
  private static final class SystemClock implements Clock {
    @Override
    public long nanoTime() {
      return System.nanoTime();
    }

    @Override
    public Timeout schedule(Duration delay, Runnable task) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void stop() {}
  }

  @Test
  void isNoneForALimitOfZero() {
    assertThat(Deadline.after(CLOCK, Duration.ZERO)).isEqualTo(Deadline.NONE);
    assertThat(Deadline.NONE.isOver()).isFalse();
    assertThat(Deadline.NONE.remaining()).isEmpty();
    assertThat(Deadline.NONE.remainingMillis()).isNegative();
  }

  @Test
  void isNoneForALimitTooLongToCount() {
    assertThat(Deadline.after(CLOCK, Duration.ofSeconds(Long.MAX_VALUE))).isEqualTo(Deadline.NONE);
    assertThat(Deadline.after(CLOCK, Duration.ofDays(365 * 140L)).isOver()).isFalse();
  }

  @Test
  void isOverWhenItsTimeHasPassed() {
    Deadline deadline = new Deadline(CLOCK, System.nanoTime() - 1);

    assertThat(deadline.isOver()).isTrue();
    assertThat(deadline.remaining()).contains(Duration.ZERO);
    assertThat(deadline.remainingMillis()).isZero();
  }

  @Test
  void roundsUpSoThatALittleTimeDoesNotBecomeNone() {
    long start = System.nanoTime();
    Deadline deadline = new Deadline(CLOCK, start + Duration.ofSeconds(100).toNanos() + 1);

    long millis = deadline.remainingMillis();

    long passed = Duration.ofNanos(System.nanoTime() - start).toMillis();
    assertThat(millis).isBetween(100_000 - passed, 100_001L);
    assertThat(millis * 1_000_000).isGreaterThanOrEqualTo(deadline.nanos() - System.nanoTime());
  }

  @Test
  void countsTheTimeThatThePeerSaysIsLeft() {
    assertThat(Deadline.fromRemainingMillis(CLOCK, -1)).isEqualTo(Deadline.NONE);
    assertThat(Deadline.fromRemainingMillis(CLOCK, 0).isOver()).isTrue();
    assertThat(Deadline.fromRemainingMillis(CLOCK, 60_000).remaining().orElseThrow())
        .isBetween(Duration.ofSeconds(50), Duration.ofSeconds(60));
  }

  @Test
  void isFarAwayWhenThePeerSaysMoreThanCanBeCounted() {
    for (long millis : new long[] {Long.MAX_VALUE, Long.MAX_VALUE / 1_000_000 + 1, Long.MAX_VALUE / 500_000}) {
      assertThat(Deadline.fromRemainingMillis(CLOCK, millis).remaining().orElseThrow()).as("%d ms", millis)
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
