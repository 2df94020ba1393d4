package dev.vertxrpc.wire;

import java.util.ArrayList;
import java.util.List;

/** How many bytes may be taken for one purpose, by all links of a node together. Thread-safe. */
final class Budget {
  private long limit;
  private long used;
  private final List<Runnable> waiting = new ArrayList<>();

  /** The workers of a node share it: the largest limit that one of them has is that of all. */
  synchronized void atLeast(long bytes) {
    limit = Math.max(limit, bytes);
  }

  /** Whether there were so many left, which are taken. */
  synchronized boolean tryTake(long bytes) {
    if (bytes > limit - used) {
      return false;
    }
    used += bytes;
    return true;
  }

  /** The same; what is alone is let in whatever its size, or it would wait for ever. */
  synchronized boolean tryTakeOrAlone(long bytes) {
    if (used > 0) {
      return tryTake(bytes);
    }
    take(bytes);
    return true;
  }

  /** Takes them, whether or not there are so many. */
  synchronized void take(long bytes) {
    used += bytes;
  }

  /** Who waits is told. */
  void give(long bytes) {
    List<Runnable> now;
    synchronized (this) {
      used -= bytes;
      now = List.copyOf(waiting);
      waiting.clear();
    }
    now.forEach(Runnable::run);
  }

  /** Runs {@code again}, once, when some were given back; on the thread of whoever does. */
  void whenGiven(Runnable again) {
    synchronized (this) {
      if (used > 0) {
        waiting.add(again);
        return;
      }
    }
    again.run();
  }

  synchronized long used() {
    return used;
  }
}
