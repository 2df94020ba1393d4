package dev.vertxrpc.app.launch;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.function.BooleanSupplier;
import java.util.function.IntFunction;
import java.util.function.IntPredicate;
import java.util.function.Supplier;

/**
 * A loop whose steps are Futures. Confined to the thread that its steps complete on.
 */
public final class Loop {
  private final IntPredicate takes;
  private final IntFunction<Future<?>> step;
  private final Promise<Void> done = Promise.promise();

  private Loop(IntPredicate takes, IntFunction<Future<?>> step) {
    this.takes = takes;
    this.step = step;
  }

  /** Takes step 0, and each further one when the one before has succeeded; fails as the first that fails. */
  public static Future<Void> times(int times, IntFunction<Future<?>> step) {
    return start(index -> index < times, step);
  }

  /** Takes a step for as long as {@code more} says, which is asked before each; fails as the first that fails. */
  public static Future<Void> during(BooleanSupplier more, Supplier<Future<?>> step) {
    return start(index -> more.getAsBoolean(), index -> step.get());
  }

  private static Future<Void> start(IntPredicate takes, IntFunction<Future<?>> step) {
    Loop loop = new Loop(takes, step);
    loop.from(0);
    return loop.done.future();
  }

  // Not a chain of compose: its Futures would be nested as deep as the loop is long, and so would the
  // stack be that completes them.
  private void from(int first) {
    for (int i = first; takes.test(i); i++) {
      Future<?> taken = take(i);
      if (!taken.isComplete()) {
        int next = i + 1;
        taken.onSuccess(value -> from(next)).onFailure(done::fail);
        return;
      }
      if (taken.failed()) {
        done.fail(taken.cause());
        return;
      }
    }
    done.complete();
  }

  private Future<?> take(int index) {
    try {
      return step.apply(index);
    } catch (RuntimeException thrown) {
      return Future.failedFuture(thrown);
    }
  }
}
