package dev.vertxrpc.call;

import dev.vertxrpc.WorkerInfo;
import dev.vertxrpc.wire.Incarnations;
import java.util.function.Supplier;

/**
 * How many calls are under way with each peer, in one direction, and how many bytes they hold; refuses what would
 * be too much. One call alone may hold more than the limit: whether it does is its encoder's affair. Thread-safe.
 */
final class Traffic {
  private final int maxCalls;
  private final long maxBytes;
  private final Incarnations<Load> loads = new Incarnations<>();
  /** Made once: it is asked for at every call. */
  private final Supplier<Load> first = Load::new;

  Traffic(int maxCalls, long maxBytes) {
    this.maxCalls = maxCalls;
    this.maxBytes = maxBytes;
  }

  /** What is under way with {@code peer}; kept as long as this worker lives, as its link is. */
  Load with(WorkerInfo peer) {
    return loads.get(peer.incarnation(), first);
  }

  /** How many are under way. */
  int calls(WorkerInfo peer) {
    Load load = loads.get(peer.incarnation());
    return load == null ? 0 : load.calls;
  }

  /** What is under way with one peer. Thread-safe. */
  final class Load {
    /** Read without the lock, where any recent figure will do. */
    private volatile int calls;
    private long bytes;

    private Load() {}

    /** Null where one more call of so many bytes was let in, to be {@link #release released}; else the limit it hit. */
    synchronized String admit(long more) {
      if (calls >= maxCalls) {
        return calls + " calls are under way, and maxCallsPerPeer is " + maxCalls;
      }
      if (calls > 0 && bytes + more > maxBytes) {
        return "calls with " + bytes + " bytes are under way, this one has " + more + ", and maxBytesPerPeer is "
            + maxBytes;
      }
      calls++;
      bytes += more;
      return null;
    }

    synchronized void release(long less) {
      calls--;
      bytes -= less;
    }
  }
}
