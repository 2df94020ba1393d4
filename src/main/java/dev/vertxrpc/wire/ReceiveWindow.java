package dev.vertxrpc.wire;

import java.util.Map;
import java.util.NavigableMap;
import java.util.Queue;
import java.util.TreeMap;

/**
 * Up to which number the frames of one peer have been received, so that each is taken once and in order whatever
 * happens on the way. What comes before its turn is kept, since of two ways one is faster, but only so much, or one
 * batch however large: it will be sent again. Guarded by the lock of its {@link Outflow}.
 */
final class ReceiveWindow {
  /** More than is under way in chunks, which all come early where a loop is busy with what came in its stream. */
  static final long MOST_EARLY_BYTES = 16L * 1024 * 1024;

  /** A batch whose turn has come, and how many of its frames were received before. */
  record Arrival(Batch batch, int known) {}

  private final NavigableMap<Long, Batch> early = new TreeMap<>();
  private long earlyBytes;
  private long received;
  private boolean over;

  /** The last number that was received with all before it. */
  long received() {
    return received;
  }

  /**
   * Adds {@code batch} to {@code arrivals}, if its turn has come, and those behind it that have waited for it. Whether
   * there was anything.
   */
  boolean take(Batch batch, Queue<Arrival> arrivals) {
    if (batch.first() > received + 1) {
      keep(batch);
      return false;
    }
    boolean isNews = takeDue(batch, arrivals);
    while (!early.isEmpty() && early.firstKey() <= received + 1) {
      Map.Entry<Long, Batch> next = early.pollFirstEntry();
      earlyBytes -= next.getValue().length();
      takeDue(next.getValue(), arrivals);
    }
    return isNews;
  }

  private boolean takeDue(Batch batch, Queue<Arrival> arrivals) {
    if (batch.last() <= received) {
      return false;
    }
    arrivals.add(new Arrival(batch, (int) (received + 1 - batch.first())));
    received = batch.last();
    return true;
  }

  private void keep(Batch batch) {
    boolean hasRoom = early.isEmpty() || earlyBytes + batch.length() <= MOST_EARLY_BYTES;
    if (!over && hasRoom && early.putIfAbsent(batch.first(), batch) == null) {
      earlyBytes += batch.length();
    }
  }

  /** Nothing is kept any more: its link is remembered for long, and what it still gets nobody will come for. */
  void clear() {
    over = true;
    early.clear();
    earlyBytes = 0;
  }
}
