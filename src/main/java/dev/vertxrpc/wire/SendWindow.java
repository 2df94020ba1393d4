package dev.vertxrpc.wire;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * The batches that were written to a peer and that it has not acknowledged: they are written again, at growing
 * intervals, until it does. A peer that acknowledges nothing for too long counts as lost. Guarded by the lock of its
 * {@link Outflow}.
 */
final class SendWindow {
  private static final Duration FIRST_WAIT = Duration.ofMillis(200);
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(1);
  /** So much is written again at a time, and one batch at least: a peer that is only slow must not drown. */
  private static final long AGAIN_AT_ONCE_BYTES = 1024 * 1024;
  private static final long SLOWEST_BYTES_PER_MILLI = 10_000;
  /** So much may overtake in a stream what is on the bus: the peer has to keep it, and has no room for more. */
  private static final long MOST_AHEAD_BYTES = ReceiveWindow.MOST_EARLY_BYTES / 2;

  /** A batch, and what is known of its way. */
  static final class Sent {
    private final Batch batch;
    private int losses;
    private boolean underWay;
    private boolean written;

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

    /** It is being written, until it is or has failed: it is not written again meanwhile. */
    void underWay(boolean itIs) {
      underWay = itIs;
    }
  }

  private final Clock clock;
  private final Deque<Sent> waiting = new ArrayDeque<>();
  private long bytes;
  private long acknowledged;
  private long lastOnBus;
  /** How much has gone in a stream since something took the bus that is not acknowledged. */
  private long ahead;
  private long next = 1;
  private Duration wait = FIRST_WAIT;
  private Duration planned = FIRST_WAIT;
  private Duration silence = Duration.ZERO;
  private long lastLook;

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
      progress();
    }
    next = batch.last() + 1;
    Sent sent = new Sent(batch, losses);
    waiting.add(sent);
    bytes += batch.length();
    return sent;
  }

  /** The peer says that it has received up to that number; what was never sent it cannot have received. */
  void acknowledge(long number) {
    if (number <= acknowledged || number >= next) {
      return;
    }
    acknowledged = number;
    if (acknowledged >= lastOnBus) {
      ahead = 0;
    }
    while (!waiting.isEmpty() && waiting.peek().batch.last() <= number) {
      bytes -= waiting.poll().batch.length();
    }
    progress();
  }

  /** It takes the bus. */
  void onBus(Sent sent) {
    lastOnBus = Math.max(lastOnBus, sent.batch.last());
  }

  /** It takes a stream. */
  void inStream(Sent sent) {
    if (acknowledged < lastOnBus) {
      ahead += sent.batch.length();
    }
  }

  /** Whether more may take a stream: it would overtake what is on the bus, and the peer has to keep it meanwhile. */
  boolean mayOvertake() {
    return ahead < MOST_AHEAD_BYTES;
  }

  /** It is on its way now: the oldest has had to wait for that, and its time to be acknowledged begins. */
  void written(Sent sent) {
    if (!sent.written && sent == waiting.peek()) {
      progress();
    }
    sent.written = true;
  }

  private void progress() {
    wait = FIRST_WAIT;
    silence = Duration.ZERO;
    lastLook = clock.nanoTime();
  }

  /** How many bytes are not acknowledged. */
  long bytes() {
    return bytes;
  }

  /** Whether everything is acknowledged. */
  boolean isEmpty() {
    return waiting.isEmpty();
  }

  /**
   * For how long nothing has been acknowledged, looked at now. Time in which nobody looked does not count in full: a
   * process that stood still has not heard what came meanwhile.
   */
  Duration look() {
    long now = clock.nanoTime();
    Duration passed = Duration.ofNanos(now - lastLook);
    lastLook = now;
    if (waiting.isEmpty()) {
      silence = Duration.ZERO;
    } else {
      Duration most = planned.plus(FIRST_WAIT);
      silence = silence.plus(passed.compareTo(most) < 0 ? passed : most);
    }
    return silence;
  }

  /**
   * How long to wait before it is looked at again: longer each time without progress, and for much to be taken; no
   * longer than {@code most}, when a silent peer is lost.
   */
  Duration nextWait(Duration most) {
    Duration wanted = wait.plus(toTake(oldestBytes()));
    planned = wanted.compareTo(most) < 0 ? wanted : most;
    wait = wait.multipliedBy(2).compareTo(LONGEST_WAIT) < 0 ? wait.multipliedBy(2) : LONGEST_WAIT;
    return planned;
  }

  /**
   * The time that a peer gets beside what every batch gets: to take the oldest one, and while that is being written
   * the {@code beingWritten} bytes that may be before it on the same connection. The bus does not tell how much of
   * them has gone, so a frozen peer cannot be told from a slow one before.
   */
  Duration forItsSize(long beingWritten) {
    boolean waits = !waiting.isEmpty() && waiting.peek().underWay;
    return toTake(waits ? Math.max(oldestBytes(), beingWritten) : oldestBytes());
  }

  private long oldestBytes() {
    return waiting.isEmpty() ? 0 : waiting.peek().batch.length();
  }

  private static Duration toTake(long bytes) {
    return Duration.ofMillis(bytes / SLOWEST_BYTES_PER_MILLI);
  }

  /** The oldest of those that were not acknowledged, and are not being written. */
  List<Sent> oldest() {
    List<Sent> oldest = new ArrayList<>();
    long bytes = 0;
    for (Sent sent : waiting) {
      if (sent.underWay || !oldest.isEmpty() && bytes + sent.batch.length() > AGAIN_AT_ONCE_BYTES) {
        break;
      }
      bytes += sent.batch.length();
      oldest.add(sent);
    }
    return oldest;
  }

  void clear() {
    bytes = 0;
    waiting.clear();
  }
}
