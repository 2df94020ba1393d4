package dev.vertxrpc.call;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What this worker knows of one that calls it: what it does for it, by the number of the call, and the queue in
 * which that worker's event-loop functions start. The queue is confined to the worker's context; the rest is
 * thread-safe.
 */
final class Caller {
  private final Turns turns = new Turns();
  private final Map<Long, Abandonable> work = new ConcurrentHashMap<>();
  private volatile boolean gone;

  Turns turns() {
    return turns;
  }

  void begin(long callId, Abandonable begun) {
    work.put(callId, begun);
  }

  void end(long callId, Abandonable done) {
    work.remove(callId, done);
  }

  void markGone() {
    gone = true;
  }

  /** Whether it is gone, and with it all that was done for it. */
  boolean isOver() {
    return gone && work.isEmpty();
  }

  /** Null where it is over, or never came. */
  Abandonable find(long callId) {
    return work.get(callId);
  }

  Collection<Abandonable> all() {
    return List.copyOf(work.values());
  }
}
