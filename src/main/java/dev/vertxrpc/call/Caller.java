package dev.vertxrpc.call;

import dev.vertxrpc.WorkerInfo;
import java.util.Collection;

/**
 * What this worker knows of one that calls it: what it does for it, by the number of the call, how much that is, and
 * the queue in which that worker's event-loop functions start. The queue is confined to the worker's context; the rest
 * is thread-safe.
 */
final class Caller {
  private final WorkerInfo worker;
  private final Traffic.Load load;
  private final Turns turns = new Turns();
  private final CallTable<Abandonable> work = new CallTable<>();
  private boolean gone;

  Caller(WorkerInfo worker, Traffic.Load load) {
    this.worker = worker;
    this.load = load;
  }

  WorkerInfo worker() {
    return worker;
  }

  Traffic.Load load() {
    return load;
  }

  Turns turns() {
    return turns;
  }

  synchronized void begin(long callId, Abandonable begun) {
    work.put(callId, begun);
  }

  /** That work is over; whether all is, for one that is gone. */
  synchronized boolean end(long callId, Abandonable done) {
    if (work.get(callId) == done) {
      work.remove(callId);
    }
    return isOver();
  }

  synchronized void markGone() {
    gone = true;
  }

  /** Whether it is gone, and with it all that was done for it. */
  synchronized boolean isOver() {
    return gone && work.isEmpty();
  }

  /** Null where it is over, or never came. */
  synchronized Abandonable find(long callId) {
    return work.get(callId);
  }

  synchronized Collection<Abandonable> all() {
    return work.all();
  }
}
