package dev.vertxrpc.app.bench;

import dev.vertxrpc.Rpc;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.function.Supplier;

/** The worker that measures: everything is called on its event loop, as an application would. Immutable. */
record Driver(Vertx vertx, Context context, Rpc rpc) {
  /** Runs {@code task} on the event loop, and waits for what it completes with; not on an event loop. */
  <T> T await(Supplier<Future<T>> task) {
    Promise<T> done = Promise.promise();
    context.runOnContext(now -> start(task).onComplete(done));
    return Rpc.await(done.future());
  }

  private static <T> Future<T> start(Supplier<Future<T>> task) {
    try {
      return task.get();
    } catch (RuntimeException thrown) {
      return Future.failedFuture(thrown);
    }
  }
}
