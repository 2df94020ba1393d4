package dev.vertxrpc.runtime;

import io.vertx.core.Future;
import io.vertx.core.Promise;

/**
 * The calls made through the Rpc that is handed to the body of one {@code waitAll}. When the body and all of them have
 * ended the scope has; it fails as the body did, or else as the first of the calls, in the order they were made.
 * Thread-safe.
 */
final class CallScope {
  private static final int BODY = 0;

  private final Promise<Void> ended;
  private boolean closed;
  private int made = BODY;
  private int underWay = 1;
  private int firstFailed = Integer.MAX_VALUE;
  private Throwable failure;

  CallScope(Promise<Void> ended) {
    this.ended = ended;
  }

  /** Runs the body, which has the calls made; those made later are nobody's. */
  Future<Void> run(Runnable body) {
    Throwable thrown = null;
    try {
      body.run();
    } catch (Throwable any) {
      // Whatever it is, it is told when the calls that were made so far have ended.
      thrown = any;
    }
    synchronized (this) {
      closed = true;
    }
    end(BODY, thrown);
    return ended.future();
  }

  void add(Future<?> call) {
    int number;
    synchronized (this) {
      if (closed) {
        return;
      }
      number = ++made;
      underWay++;
    }
    call.onComplete(done -> end(number, done.cause()));
  }

  private void end(int number, Throwable cause) {
    synchronized (this) {
      if (cause != null && number < firstFailed) {
        firstFailed = number;
        failure = cause;
      }
      if (--underWay > 0) {
        return;
      }
    }
    // Nobody changes it any more.
    if (failure == null) {
      ended.complete();
    } else {
      ended.fail(failure);
    }
  }
}
