package dev.vertxrpc.ref;

import dev.vertxrpc.RRef;
import dev.vertxrpc.call.ApplicationObjects;
import dev.vertxrpc.call.BlockingExecutor;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Closes what can be closed of the values that functions made to be kept here, when nobody holds them any more. What
 * the application owns, serves or provides stays its own. An object that is kept more than once goes with the last.
 * Thread-safe.
 */
final class Disposal {
  private static final Logger LOG = LoggerFactory.getLogger(Disposal.class);

  /** How often one object is kept. */
  private static final class Stake {
    private int times;
    private boolean owned;
  }

  private final String worker;
  private final boolean closes;
  private final BlockingExecutor executor;
  private final ApplicationObjects objects;
  private final Map<Object, Stake> stakes = new IdentityHashMap<>();
  /** To be closed. A thread that was to do it may never run, and then another one does. */
  private final Queue<AutoCloseable> due = new ConcurrentLinkedQueue<>();
  private final Promise<Void> done = Promise.promise();
  private int unclosed;
  private boolean draining;
  private boolean ended;

  /** {@code closes}: whether it does; {@code objects}: what is never closed. */
  Disposal(String worker, boolean closes, BlockingExecutor executor, ApplicationObjects objects) {
    this.worker = worker;
    this.closes = closes;
    this.executor = executor;
    this.objects = objects;
  }

  /** A function has made {@code value}, and it is kept. */
  void made(Object value) {
    keep(value, false);
  }

  /** The application keeps a value of its own. */
  void owned(Object value) {
    keep(value, true);
  }

  private void keep(Object value, boolean owned) {
    if (closes && value instanceof AutoCloseable) {
      synchronized (this) {
        Stake stake = stakes.computeIfAbsent(value, first -> new Stake());
        stake.times++;
        stake.owned |= owned;
      }
    }
  }

  /** It is not kept any more, under one of the ids that it was kept under. */
  void gone(Object value) {
    if (!closes || !(value instanceof AutoCloseable closeable) || !isLast(value) || objects.contain(value)) {
      return;
    }
    if (value instanceof RRef<?> ref) {
      // It blocks nobody, and sees to what it holds itself.
      ref.close();
    } else {
      begin(closeable);
    }
  }

  private synchronized boolean isLast(Object value) {
    Stake stake = stakes.get(value);
    if (--stake.times > 0) {
      return false;
    }
    stakes.remove(value);
    return !stake.owned;
  }

  private void begin(AutoCloseable closeable) {
    boolean late;
    synchronized (this) {
      unclosed++;
      due.add(closeable);
      late = ended;
    }
    if (late) {
      // The executor is closed soon, and what waits in it then never runs.
      drain();
      return;
    }
    try {
      executor.run(() -> Optional.ofNullable(due.poll()).ifPresent(this::close));
    } catch (RejectedExecutionException full) {
      drain();
    }
  }

  /** Closes all that is due on a thread for that. */
  private synchronized void drain() {
    if (!draining) {
      draining = true;
      Thread thread = new Thread(this::closeAll, "rpc-" + worker + "-close");
      thread.setDaemon(true);
      thread.start();
    }
  }

  private void closeAll() {
    for (AutoCloseable next = nextOrStop(); next != null; next = nextOrStop()) {
      close(next);
    }
  }

  private synchronized AutoCloseable nextOrStop() {
    AutoCloseable next = due.poll();
    draining = next != null;
    return next;
  }

  private void close(AutoCloseable next) {
    try {
      next.close();
    } catch (Throwable failure) {
      LOG.warn("event=close-failed worker={} type={}: a value that nobody holds any more could not be closed",
          worker, next.getClass().getName(), failure);
    } finally {
      closed();
    }
  }

  private void closed() {
    boolean last;
    synchronized (this) {
      last = --unclosed == 0 && ended;
    }
    if (last) {
      done.tryComplete();
    }
  }

  /** The worker has ended: nothing waits for a free thread. Completes, on any thread, when all is closed. */
  Future<Void> end() {
    boolean none;
    synchronized (this) {
      ended = true;
      none = unclosed == 0;
    }
    if (none) {
      done.tryComplete();
    } else {
      drain();
    }
    return done.future();
  }
}
