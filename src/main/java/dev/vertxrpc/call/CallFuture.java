package dev.vertxrpc.call;

import io.vertx.core.Completable;
import io.vertx.core.Future;
import io.vertx.core.impl.future.FutureImpl;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.PromiseInternal;

/**
 * The Future of one call, on the context of its caller. It notes whether anybody listens to it or asks for its
 * failure, so that one which fails with nobody there can be told of; one that succeeds costs no more than another.
 * What {@code map} and the like make of it is not watched. Thread-safe.
 *
 * @param <T> the type of the result
 */
final class CallFuture<T> extends FutureImpl<T> implements PromiseInternal<T> {
  private final UnobservedFailures unobserved;
  private final String function;
  private volatile boolean observed;
  /** Null unless it has failed with nobody there. */
  private volatile UnobservedFailures.Watch watch;

  CallFuture(ContextInternal caller, UnobservedFailures unobserved, String function) {
    super(caller);
    this.unobserved = unobserved;
    this.function = function;
  }

  @Override
  public Future<T> future() {
    return this;
  }

  @Override
  public void fail(Throwable failure) {
    PromiseInternal.super.fail(failure);
    if (!observed) {
      watch = unobserved.watch(this, function, failure);
      // Who came between the two has found nothing to end.
      if (observed) {
        watch.end();
      }
    }
  }

  private void observe() {
    observed = true;
    UnobservedFailures.Watch begun = watch;
    if (begun != null) {
      begun.end();
    }
  }

  @Override
  public void addListener(Completable<? super T> listener) {
    observe();
    super.addListener(listener);
  }

  @Override
  public Throwable cause() {
    Throwable cause = super.cause();
    if (cause != null) {
      observe();
    }
    return cause;
  }

  @Override
  public boolean failed() {
    boolean failed = super.failed();
    if (failed) {
      observe();
    }
    return failed;
  }

  @Override
  public void operationComplete(io.netty.util.concurrent.Future<T> done) {
    if (done.isSuccess()) {
      complete(done.getNow());
    } else {
      fail(done.cause());
    }
  }
}
