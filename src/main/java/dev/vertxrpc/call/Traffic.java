package dev.vertxrpc.call;

import dev.vertxrpc.WorkerInfo;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How many calls are under way with each peer, in one direction, and how many bytes they hold; refuses what would
 * be too much. One call alone may hold more than the limit: whether it does is its encoder's affair. Thread-safe.
 */
final class Traffic {
  private static final class Load {
    /** Read without the map's lock, where any recent figure will do. */
    private volatile int calls;
    private long bytes;
  }

  private final int maxCalls;
  private final long maxBytes;
  private final Map<Long, Load> loads = new ConcurrentHashMap<>();

  Traffic(int maxCalls, long maxBytes) {
    this.maxCalls = maxCalls;
    this.maxBytes = maxBytes;
  }

  /** Null where one more call of so many bytes was let in, which must then {@link #release}; else the limit it hit. */
  String admit(WorkerInfo peer, long bytes) {
    String[] refusal = {null};
    loads.compute(peer.incarnation(), (id, known) -> {
      Load load = known == null ? new Load() : known;
      if (load.calls >= maxCalls) {
        refusal[0] = load.calls + " calls are under way, and maxCallsPerPeer is " + maxCalls;
      } else if (load.calls > 0 && load.bytes + bytes > maxBytes) {
        refusal[0] = "calls with " + load.bytes + " bytes are under way, this one has " + bytes
            + ", and maxBytesPerPeer is " + maxBytes;
      } else {
        load.calls++;
        load.bytes += bytes;
      }
      return load;
    });
    return refusal[0];
  }

  /** How many are under way. */
  int calls(WorkerInfo peer) {
    Load load = loads.get(peer.incarnation());
    return load == null ? 0 : load.calls;
  }

  void release(WorkerInfo peer, long bytes) {
    loads.computeIfPresent(peer.incarnation(), (id, load) -> {
      load.calls--;
      load.bytes -= bytes;
      return load.calls == 0 ? null : load;
    });
  }
}
