package dev.vertxrpc.wire;

import io.netty.util.Timeout;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.internal.ContextInternal;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Has a worker's context do something later, by the node's clock. Immutable. */
public record Timers(Clock clock, ContextInternal context) {
  /** Does {@code task} once, when {@code delay} has passed. */
  public Timeout after(Duration delay, Runnable task) {
    return clock.schedule(delay, () -> context.runOnContext(now -> task.run()));
  }

  /** Does {@code task} each time that {@code period} has passed since the last, until the Runnable returned is run. */
  public Runnable every(Duration period, Runnable task) {
    return new Repetition(period, task).start();
  }

  /** As {@code future}, but fails with {@code late} when {@code limit} has passed before. */
  public <T> Future<T> within(Duration limit, Future<T> future, Supplier<? extends Throwable> late) {
    if (future.isComplete()) {
      return future;
    }
    Promise<T> promise = context.promise();
    Timeout timeout = after(limit, () -> promise.tryFail(late.get()));
    future.onComplete(done -> {
      timeout.cancel();
      context.execute(() -> {
        if (done.succeeded()) {
          promise.tryComplete(done.result());
        } else {
          promise.tryFail(done.cause());
        }
      });
    });
    return promise.future();
  }

  /**
   * Completes when {@code condition} holds, which it looks for now and after each {@code period}; fails as above, and
   * when {@code over} fails, after which nobody looks.
   */
  public Future<Void> until(BooleanSupplier condition, Duration period, Duration limit,
                            Supplier<? extends Throwable> late, Future<?> over) {
    if (condition.getAsBoolean()) {
      return Future.succeededFuture();
    }
    Promise<Void> holds = context.promise();
    over.onFailure(holds::tryFail);
    Runnable stop = every(period, () -> {
      if (condition.getAsBoolean()) {
        holds.tryComplete();
      }
    });
    return within(limit, holds.future(), late).onComplete(done -> stop.run());
  }

  /** Confined to the context, but for its end. */
  private final class Repetition {
    private final Duration period;
    private final Runnable task;
    private volatile boolean stopped;
    private volatile Timeout next;

    Repetition(Duration period, Runnable task) {
      this.period = period;
      this.task = task;
    }

    Runnable start() {
      next = after(period, this::ring);
      return this::stop;
    }

    private void ring() {
      if (stopped) {
        return;
      }
      try {
        task.run();
      } finally {
        // What fails once must not be the last time.
        if (!stopped) {
          start();
        }
      }
    }

    private void stop() {
      stopped = true;
      next.cancel();
    }
  }
}
