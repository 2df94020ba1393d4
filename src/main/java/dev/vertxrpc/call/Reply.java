package dev.vertxrpc.call;

import dev.vertxrpc.RpcException;
import dev.vertxrpc.RpcFailure;
import dev.vertxrpc.codec.ValueCodec;
import dev.vertxrpc.function.Function;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;

/**
 * How one call that is served ends: with a value or a failure, which is sent to its caller or kept here. The first of
 * them decides, on whichever thread it comes. Thread-safe.
 */
final class Reply {
  /** By how much a caller's CANCEL at its deadline may come before that is over here: it was rounded up on its way. */
  private static final Duration CANCEL_AHEAD = Duration.ofMillis(5);
  private static final AtomicIntegerFieldUpdater<Reply> GIVEN =
      AtomicIntegerFieldUpdater.newUpdater(Reply.class, "given");

  private final Serving serving;
  /** Where the result stays; null where it is sent back. */
  private final Receivers.Kept kept;
  private volatile int given;

  /** Of {@code serving}, which ends when it is given. */
  Reply(Serving serving, Receivers.Kept kept) {
    this.serving = serving;
    this.kept = kept;
  }

  boolean isGiven() {
    return given != 0;
  }

  private boolean give() {
    return GIVEN.compareAndSet(this, 0, 1);
  }

  /** Whether the value is kept here, for somebody who holds it. */
  boolean isHeld() {
    return kept != null && kept.isHeld();
  }

  void succeed(Function function, ValueCodec codec, Object value) {
    if (!give()) {
      if (kept != null) {
        // Too late, but whoever keeps values has to know what was made.
        kept.complete(value, function.resultType());
      }
      return;
    }
    Optional<RpcFailure> failure = Optional.empty();
    try {
      failure = deliver(function, codec, value);
    } finally {
      serving.ended(function.text(), failure);
    }
  }

  /** Why it could not, if it could not. */
  private Optional<RpcFailure> deliver(Function function, ValueCodec codec, Object value) {
    ServedCall served = serving.served();
    if (served.isCancelled()) {
      if (kept != null) {
        // Failed already, or now. Whoever keeps values has to know what was made all the same.
        kept.fail(unwanted());
        kept.complete(value, function.resultType());
      }
      return Optional.of(unwanted().failure());
    }
    if (kept == null) {
      return serving.responder().replies().value(served.caller(), served.callId(), function.text(), codec,
          function.resultType(), value);
    }
    kept.complete(value, function.resultType());
    return Optional.empty();
  }

  void fail(RpcException failure) {
    if (!give()) {
      return;
    }
    ServedCall served = serving.served();
    try {
      if (kept != null) {
        kept.fail(failure);
      } else if (!served.isCancelled()) {
        serving.responder().replies().failure(served.caller(), served.callId(), failure);
      }
    } finally {
      serving.ended(function(), Optional.of(failure.failure()));
    }
  }

  /** Fails the value that is to be kept, if there is one, while its function goes on. */
  void failKept(RpcException why) {
    if (kept != null) {
      kept.fail(why.mayHaveRun(true));
    }
  }

  // ---- the failures of any call

  /** What its function threw. */
  RpcException thrown(Throwable thrown) {
    return serving.responder().setup().failures()
        .thrown(thrown, function(), serving.served().caller(), serving.served().callId());
  }

  /** What came up before its function could start; anything but a refusal is a defect of ours. */
  RpcException refused(Throwable why) {
    return why instanceof RpcException refusal
        ? serving.responder().setup().failures().refused(refusal, function(), serving.served().callId())
        : thrown(why).mayHaveRun(false);
  }

  RpcException late() {
    return RpcException.of(RpcFailure.TIMEOUT, "the time of " + function() + " had passed on " + self());
  }

  /** Why nobody waits for it any more. Whose time is over, or will be before long, was not cancelled but late. */
  RpcException unwanted() {
    return serving.served().deadline().isOverWithin(CANCEL_AHEAD) ? late()
        : RpcException.of(RpcFailure.CANCELLED, "the caller of " + function() + " on " + self() + " gave it up");
  }

  RpcException cancelled(String why) {
    return RpcException.of(RpcFailure.CANCELLED, function() + " on " + self() + ": " + why);
  }

  RpcException overloaded() {
    return RpcException.of(RpcFailure.OVERLOADED, "no thread is free for " + function() + " on " + self()
        + ", and blockingQueue is full");
  }

  private String function() {
    return serving.served().function().toString();
  }

  private String self() {
    return serving.responder().setup().endpoint().self().toString();
  }
}
