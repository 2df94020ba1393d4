package dev.vertxrpc.call;

import dev.vertxrpc.wire.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * The moment after which nobody wants an answer, on a clock of this JVM; or none at all. Immutable.
 *
 * @param clock null where there is no deadline
 */
public record Deadline(Clock clock, long nanos) {
  /** No deadline. */
  public static final Deadline NONE = new Deadline(null, 0);
  private static final long NANOS_PER_MILLI = 1_000_000;
  /** Longer limits, some 146 years, would overflow the clock; they are as good as none. */
  private static final Duration LONGEST = Duration.ofNanos(Long.MAX_VALUE / 2);

  /** That long from now; none for {@link Duration#ZERO}. */
  public static Deadline after(Clock clock, Duration limit) {
    return after(clock, clock.nanoTime(), limit);
  }

  /** The same from {@code now} on, for who has asked the clock before: it is asked often enough to be seen. */
  static Deadline after(Clock clock, long now, Duration limit) {
    return limit.isZero() || limit.compareTo(LONGEST) > 0 ? NONE : new Deadline(clock, now + limit.toNanos());
  }

  /** What {@link #remainingMillis} said on the other side. */
  static Deadline fromRemainingMillis(Clock clock, long now, long millis) {
    // This conversion ends at the largest number, where a product would go on from the smallest.
    return millis < 0 ? NONE
        : new Deadline(clock, now + Math.min(TimeUnit.MILLISECONDS.toNanos(millis), LONGEST.toNanos()));
  }

  boolean isSet() {
    return clock != null;
  }

  /** The sooner of the two. */
  Deadline min(Deadline other) {
    if (!isSet() || !other.isSet()) {
      return isSet() ? this : other;
    }
    return nanos - other.nanos <= 0 ? this : other;
  }

  boolean isOver() {
    return isSet() && isOver(clock.nanoTime());
  }

  boolean isOver(long now) {
    return isSet() && now - nanos >= 0;
  }

  /** Whether no more than that is left. */
  boolean isOverWithin(Duration left) {
    return isSet() && nanos - clock.nanoTime() <= left.toNanos();
  }

  /** The time left, zero at the least; empty where there is no deadline. */
  public Optional<Duration> remaining() {
    return isSet() ? Optional.of(Duration.ofNanos(remainingNanos(clock.nanoTime()))) : Optional.empty();
  }

  /** The same; zero too where there is no deadline. */
  long remainingNanos(long now) {
    return isSet() ? Math.max(0, nanos - now) : 0;
  }

  /** The time left for the wire, rounded up so that it never becomes none; below zero: no deadline. */
  long remainingMillis(long now) {
    return isSet() ? (remainingNanos(now) + NANOS_PER_MILLI - 1) / NANOS_PER_MILLI : -1;
  }
}
