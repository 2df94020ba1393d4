package dev.vertxrpc.call;

import io.vertx.core.Completable;
import io.vertx.core.Future;
import io.vertx.core.impl.future.FutureBase;

/**
 * Listens to a Future until it is ended: one that outlives thousands of calls must not keep a listener of each.
 * Vert.x can take a listener off, but says so only inside. Immutable.
 */
record Subscription<T>(FutureBase<T> future, Completable<T> listener) {
  static <T> Subscription<T> of(Future<T> future, Completable<T> listener) {
    return new Subscription<>((FutureBase<T>) future, listener);
  }

  /** Tells the listener, at once where the Future is complete. */
  void begin() {
    future.addListener(listener);
  }

  void end() {
    future.removeListener(listener);
  }
}
