package dev.vertxrpc.app.bench;

import io.vertx.core.Future;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** What is done over and over: something to send, and what has to come back. Immutable. */
record Exchange(Supplier<Future<?>> send, Predicate<Object> isRight) {
  Future<?> start() {
    return send.get();
  }

  /** Throws unless {@code answer} is what was to come back. */
  void check(Object answer) {
    if (!isRight.test(answer)) {
      throw new IllegalStateException("the answer is not what was sent: the measurement would mean nothing");
    }
  }
}
