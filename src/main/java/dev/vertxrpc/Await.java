package dev.vertxrpc;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.impl.WorkerExecutor;
import io.vertx.core.internal.ContextInternal;
import java.util.concurrent.CountDownLatch;

/** How {@link Rpc#await} waits, on each kind of thread. Thread-safe. */
final class Await {
  private Await() {}

  static <T> T await(Future<T> future) {
    if (Context.isOnEventLoopThread()) {
      throw new IllegalStateException("Rpc.await on an event loop would block it: compose the Future "
          + "instead, or call await in a function that returns a plain value, which runs on a thread "
          + "that may block");
    }
    if (!future.isComplete()) {
      ContextInternal context = ContextInternal.current();
      if (context != null && CallContextLocal.get(context) instanceof CallContextLocal.Waiter function) {
        function.pauses();
        try {
          waitFor(future, context);
        } finally {
          function.goesOn();
        }
      } else {
        waitFor(future, context);
      }
    }
    if (future.succeeded()) {
      return future.result();
    }
    throw Await.<RuntimeException>unchecked(future.cause());
  }

  private static void waitFor(Future<?> future, ContextInternal context) {
    CountDownLatch latch;
    if (context != null && context.inThread() && context.executor() instanceof WorkerExecutor executor) {
      // The Future completes on this very context, whose tasks run one at a time: step aside, as
      // Vert.x does for virtual threads, so that its completion can run while this thread waits.
      WorkerExecutor.Execution execution = executor.currentExecution();
      future.onComplete(done -> execution.resume());
      latch = execution.trySuspend();
    } else {
      latch = new CountDownLatch(1);
      future.onComplete(done -> latch.countDown());
    }
    if (latch == null) {
      return;
    }
    try {
      latch.await();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw RpcException.of(RpcFailure.CANCELLED, "interrupted while waiting for a Future").mayHaveRun(true);
    }
  }

  @SuppressWarnings("unchecked")
  private static <E extends Throwable> E unchecked(Throwable cause) throws E {
    throw (E) cause;
  }
}
