package dev.vertxrpc;

import java.time.Duration;
import java.util.Optional;

/**
 * How a call is made. Without a timeout of its own it takes the worker's default; {@link
 * Duration#ZERO} means none. Inside a remote function the time that is left of the call being served
 * bounds the nested one too, unless {@code inheritDeadline} is false. Immutable.
 */
public record CallOptions(Optional<Duration> timeout, boolean inheritDeadline) {
  private static final CallOptions DEFAULT = new CallOptions(Optional.empty(), true);

  /** Refuses a negative timeout. */
  public CallOptions {
    timeout.ifPresent(limit -> {
      if (limit.isNegative()) {
        throw new IllegalArgumentException("timeout " + limit + " is negative; Duration.ZERO means none");
      }
    });
  }

  /** The worker's default timeout, the deadline inherited. */
  public static CallOptions create() {
    return DEFAULT;
  }

  /** With that timeout; {@link Duration#ZERO}: none. */
  public CallOptions withTimeout(Duration limit) {
    return new CallOptions(Optional.of(limit), inheritDeadline);
  }

  /** With or without the deadline of the call being served. */
  public CallOptions withInheritDeadline(boolean inherit) {
    return new CallOptions(timeout, inherit);
  }
}
