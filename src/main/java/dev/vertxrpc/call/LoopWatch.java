package dev.vertxrpc.call;

import dev.vertxrpc.RpcListener;
import dev.vertxrpc.WorkerInfo;
import dev.vertxrpc.function.Function;
import dev.vertxrpc.wire.Clock;
import io.netty.util.Timeout;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reports, by name and while it does, a function that keeps the event loop longer than it may. The functions are told
 * on the worker's context; the looking is done on the clock's thread, which no function can keep.
 */
final class LoopWatch {
  private static final Logger LOG = LoggerFactory.getLogger(LoopWatch.class);

  private final Clock clock;
  private final Duration limit;
  private final WorkerInfo self;
  private final RpcListener listener;
  /** Set before {@link #running}, so that who sees the function sees its start. */
  private volatile long sinceNanos;
  private volatile Function running;
  private long reportedNanos;
  private volatile boolean closed;
  private volatile Timeout next;

  LoopWatch(Clock clock, Duration limit, WorkerInfo self, RpcListener listener) {
    this.clock = clock;
    this.limit = limit;
    this.self = self;
    this.listener = listener;
  }

  void start() {
    if (!closed) {
      next = clock.schedule(limit.dividedBy(2), this::look);
    }
  }

  /** {@code function} runs since {@code now}. */
  void enter(Function function, long now) {
    sinceNanos = now;
    running = function;
  }

  void exit() {
    running = null;
  }

  private void look() {
    Function function = running;
    long since = sinceNanos;
    Duration kept = Duration.ofNanos(clock.nanoTime() - since);
    if (function != null && since != reportedNanos && kept.compareTo(limit) >= 0) {
      reportedNanos = since;
      LOG.warn("event=loop-blocked worker={} function={} ms={}: it runs on the event loop, where it must not wait;"
          + " leave out @NonBlocking, or return a plain value instead of a Future, to have it run on a thread that may"
          + " block",
          self.name(), function, kept.toMillis());
      listener.loopBlocked(function.text(), kept);
    }
    start();
  }

  void close() {
    closed = true;
    Timeout last = next;
    if (last != null) {
      last.cancel();
    }
  }
}
