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
    return limit.isZero() || limit.compareTo(LONGEST) > 0 ? NONE
        : new Deadline(clock, clock.nanoTime() + limit.toNanos());
  }

  /** What {@link #remainingMillis} said on the other side. */
  static Deadline fromRemainingMillis(Clock clock, long millis) {
    // This conversion ends at the largest number, where a product would go on from the smallest.
    return millis < 0 ? NONE : new Deadline(clock, clock.nanoTime()
        + Math.min(TimeUnit.MILLISECONDS.toNanos(millis), LONGEST.toNanos()));
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
    return isSet() && clock.nanoTime() - nanos >= 0;
  }

  /** Whether no more than that is left. */
  boolean isOverWithin(Duration left) {
    return isSet() && nanos - clock.nanoTime() <= left.toNanos();
  }

  /** The time left, zero at the least; empty where there is no deadline. */
  public Optional<Duration> remaining() {
    return isSet() ? Optional.of(Duration.ofNanos(remainingNanos())) : Optional.empty();
  }

  /** The same; zero too where there is no deadline. */
  long remainingNanos() {
    return isSet() ? Math.max(0, nanos - clock.nanoTime()) : 0;
  }

  /** The time left for the wire, rounded up so that it never becomes none; below zero: no deadline. */
  long remainingMillis() {
    return isSet() ? (remainingNanos() + NANOS_PER_MILLI - 1) / NANOS_PER_MILLI : -1;
  }
}
