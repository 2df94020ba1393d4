package dev.vertxrpc.call;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.internal.ContextInternal;

/**
 * Where the Futures complete that whoever calls into a worker gets: on the context of the calling thread, in the
 * worker's Vert.x instance, which makes one where there is none. Pure functions.
 */
public final class CallerContext {
  private CallerContext() {}

  /** That of this thread. */
  public static ContextInternal of(ContextInternal worker) {
    return worker.owner().getOrCreateContext();
  }

  /** What {@code future} comes to, told there. */
  public static <T> Future<T> future(ContextInternal worker, Future<T> future) {
    Promise<T> promise = of(worker).promise();
    future.onComplete(promise);
    return promise.future();
  }
}
