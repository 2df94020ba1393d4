package dev.vertxrpc.wire;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * The batches that were written to a peer and that it has not acknowledged: they are written again, at growing
 * intervals, until it does. A peer that acknowledges nothing for too long counts as lost. Confined to the node's
 * context, but for {@link #acknowledge}.
 */
final class SendWindow {
  private static final Duration FIRST_WAIT = Duration.ofMillis(200);
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(1);
  /** So many are written again at a time: a peer that is only slow must not drown. */
  private static final int AGAIN_AT_ONCE = 16;

  /** A batch, and how often it is still to be lost. */
  static final class Sent {
    private final Batch batch;
    private int losses;

    private Sent(Batch batch, int losses) {
      this.batch = batch;
      this.losses = losses;
    }

    Batch batch() {
      return batch;
    }

    /** Whether a fault has it lost this time. */
    boolean isLost() {
      return losses-- > 0;
    }
  }

  private final Clock clock;
  private final Deque<Sent> waiting = new ArrayDeque<>();
  private volatile long acknowledged;
  private long next = 1;
  private long progress;
  private Duration wait = FIRST_WAIT;

  SendWindow(Clock clock) {
    this.clock = clock;
  }

  /** The number of the next frame. */
  long next() {
    return next;
  }

  /** {@code batch} is about to be written, and lost so often. */
  Sent add(Batch batch, int losses) {
    if (waiting.isEmpty()) {
      progress = clock.nanoTime();
    }
    next = batch.last() + 1;
    Sent sent = new Sent(batch, losses);
    waiting.add(sent);
    return sent;
  }

  /** The peer says that it has received up to that number. Any thread. */
  void acknowledge(long number) {
    // Only one context receives: nobody else writes between the two.
    if (number > acknowledged) {
      acknowledged = number;
    }
  }

  /** Whether everything is acknowledged. */
  boolean isEmpty() {
    long upTo = acknowledged;
    boolean moved = false;
    while (!waiting.isEmpty() && waiting.peek().batch.last() <= upTo) {
      waiting.poll();
      moved = true;
    }
    if (moved) {
      progress = clock.nanoTime();
      wait = FIRST_WAIT;
    }
    return waiting.isEmpty();
  }

  /** For how long nothing has been acknowledged although something waits. */
  Duration silence() {
    return isEmpty() ? Duration.ZERO : Duration.ofNanos(clock.nanoTime() - progress);
  }

  /** How long to wait before it is looked at again; longer each time without progress. */
  Duration nextWait() {
    Duration now = wait;
    wait = wait.multipliedBy(2).compareTo(LONGEST_WAIT) < 0 ? wait.multipliedBy(2) : LONGEST_WAIT;
    return now;
  }

  /** The oldest of those that were not acknowledged. */
  List<Sent> oldest() {
    return waiting.stream().limit(AGAIN_AT_ONCE).toList();
  }

  void clear() {
    waiting.clear();
  }
}
