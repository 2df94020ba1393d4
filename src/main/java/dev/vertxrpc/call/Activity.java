package dev.vertxrpc.call;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.List;

/**
 * How many calls this worker has under way, made or served, and who waits for there to be none.
 * Thread-safe.
 */
final class Activity {
  private final List<Promise<Void>> waiting = new ArrayList<>();
  private int running;
  private long begun;

  synchronized void begin() {
    running++;
    begun++;
  }

  void end() {
    List<Promise<Void>> released = List.of();
    synchronized (this) {
      running--;
      if (running == 0 && !waiting.isEmpty()) {
        released = List.copyOf(waiting);
        waiting.clear();
      }
    }
    // Outside the lock: who waited may begin something new.
    if (!released.isEmpty()) {
      released.forEach(Promise::tryComplete);
    }
  }

  synchronized int running() {
    return running;
  }

  /** How many have ever begun, while none is under way; -1 while one is. */
  synchronized long begunWhenIdle() {
    return running == 0 ? begun : -1;
  }

  /** Completes, on whichever thread ends the last one, when nothing is under way. */
  synchronized Future<Void> idle() {
    if (running == 0) {
      return Future.succeededFuture();
    }
    Promise<Void> promise = Promise.promise();
    waiting.add(promise);
    return promise.future();
  }
}
