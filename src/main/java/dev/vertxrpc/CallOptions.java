package dev.vertxrpc;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * How a call is made. Immutable.
 *
 * @param timeout empty: the worker's default; {@link Duration#ZERO}: none
 * @param inheritDeadline whether a call made in a remote function ends with the call being served: by then its
 *     time is over too, and it is cancelled with it; so is the making of a value, while the call being served has not
 *     been answered and the handle has not been closed
 * @param headers text that travels with the call, for {@link CallContext#headers()}
 * @param cancelOn cancels the call when it completes, either way
 * @param codec for arguments and result, in place of the worker's; the callee must know one of that name
 */
public record CallOptions(Optional<Duration> timeout, boolean inheritDeadline, Map<String, String> headers,
                          Optional<Future<?>> cancelOn, Optional<RpcCodec> codec) {
  private static final CallOptions DEFAULT =
      new CallOptions(Optional.empty(), true, Map.of(), Optional.empty(), Optional.empty());

  /** Refuses a negative timeout and a codec without a name, and copies the headers. */
  public CallOptions {
    timeout.ifPresent(limit -> {
      if (limit.isNegative()) {
        throw new IllegalArgumentException("timeout " + limit + " is negative; Duration.ZERO means none");
      }
    });
    codec.ifPresent(own -> {
      if (own.name() == null || own.name().isBlank()) {
        throw new IllegalArgumentException("the codec " + own + " has no name, by which the callee could know its own");
      }
    });
    headers = Map.copyOf(headers);
  }

  /** The worker's default timeout, the deadline inherited, and nothing else. */
  public static CallOptions create() {
    return DEFAULT;
  }

  /** With that timeout; {@link Duration#ZERO}: none. */
  public CallOptions withTimeout(Duration limit) {
    return new CallOptions(Optional.of(limit), inheritDeadline, headers, cancelOn, codec);
  }

  /** With or without the deadline, and the cancellation, of the call being served. */
  public CallOptions withInheritDeadline(boolean inherit) {
    return new CallOptions(timeout, inherit, headers, cancelOn, codec);
  }

  /** With one more header, in place of another of that key. */
  public CallOptions withHeader(String key, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(Objects.requireNonNull(key, "header key"), Objects.requireNonNull(value, "header value"));
    return new CallOptions(timeout, inheritDeadline, more, cancelOn, codec);
  }

  /**
   * Cancelled when {@code signal} completes, either way: the Future fails with CANCELLED, and the function is
   * told. {@link Future#timeout} on the call's own Future cancels nothing over there.
   */
  public CallOptions withCancelOn(Future<?> signal) {
    return new CallOptions(timeout, inheritDeadline, headers, Optional.of(signal), codec);
  }

  /** With that codec for arguments and result. */
  public CallOptions withCodec(RpcCodec other) {
    return new CallOptions(timeout, inheritDeadline, headers, cancelOn, Optional.of(other));
  }
}
