package dev.vertxrpc.call;

import io.vertx.core.Completable;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.impl.future.FutureBase;

/**
 * Listens to a Future until it is ended: one that outlives thousands of calls must not keep a listener of each.
 * Vert.x can take a listener off, but says so only inside. Immutable.
 */
record Subscription<T>(FutureBase<T> future, Completable<T> listener) {
  static <T> Subscription<T> of(Future<T> future, Completable<T> listener) {
    return new Subscription<>(future instanceof FutureBase<T> own ? own : adapted(future), listener);
  }

  // Another's Future takes no listener off: it keeps one of ours, which keeps nothing.
  private static <T> FutureBase<T> adapted(Future<T> foreign) {
    Promise<T> adapted = Promise.promise();
    foreign.onComplete(adapted);
    return (FutureBase<T>) adapted.future();
  }

  /** Tells the listener, at once where the Future is complete. */
  void begin() {
    future.addListener(listener);
  }

  void end() {
    future.removeListener(listener);
  }
}
