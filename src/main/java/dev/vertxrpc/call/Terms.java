package dev.vertxrpc.call;

import dev.vertxrpc.wire.Clock;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.Optional;

/**
 * When a call was begun, and what ends it if no answer does. Immutable.
 *
 * @param begunNanos by {@code clock}
 * @param cancelOn cancels it when it completes, either way
 * @param parent the call being served that it is made for, which takes it down with it; null where there is none, or
 *     it is to outlive that
 */
record Terms(Clock clock, long begunNanos, Deadline deadline, Optional<Future<?>> cancelOn, ServedCall parent) {
  /** The time that it was given; zero where there is no deadline. */
  Duration limit() {
    return Duration.ofNanos(deadline.remainingNanos(begunNanos));
  }

  /** The same for the wire: what passes until it is written is its caller's alone, who gives it up at its deadline. */
  long limitMillis() {
    return deadline.remainingMillis(begunNanos);
  }

  /** Whether it was begun too late. */
  boolean isOver() {
    return deadline.isOver(begunNanos);
  }

  long tookNanos() {
    return clock.nanoTime() - begunNanos;
  }
}
