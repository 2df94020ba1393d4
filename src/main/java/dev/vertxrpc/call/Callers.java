package dev.vertxrpc.call;

import dev.vertxrpc.WorkerInfo;
import dev.vertxrpc.wire.Frame;
import dev.vertxrpc.wire.FrameType;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The workers that call this one: what is under way for each, how much of it there may be, and how it is given up.
 * Thread-safe.
 */
final class Callers {
  private final CallSetup setup;
  private final Traffic traffic;
  private final Map<Long, Caller> callers = new ConcurrentHashMap<>();

  Callers(CallSetup setup) {
    this.setup = setup;
    this.traffic = new Traffic(setup.limits().maxCallsPerPeer(), setup.limits().maxBytesPerPeer());
  }

  void connect() {
    setup.endpoint().receive(FrameType.CANCEL, this::onCancel);
    setup.endpoint().onLoss((peer, reason, message) -> onGone(peer));
  }

  Caller caller(WorkerInfo from) {
    return callers.computeIfAbsent(from.incarnation(), first -> new Caller());
  }

  /** Null where {@code from} may have one more call of so many bytes served, to {@link #release}; else the limit. */
  String admit(WorkerInfo from, long bytes) {
    return traffic.admit(from, bytes);
  }

  /** Whether something is under way for {@code peer}. */
  boolean serves(WorkerInfo peer) {
    return traffic.calls(peer) > 0;
  }

  void release(WorkerInfo from, long bytes) {
    traffic.release(from, bytes);
  }

  /** That work is over: nobody can give it up any more. */
  void end(WorkerInfo from, long callId, Abandonable done) {
    Caller caller = callers.get(from.incarnation());
    if (caller != null) {
      caller.end(callId, done);
      forgetIfOver(from, caller);
    }
  }

  private void onCancel(WorkerInfo from, Frame.Cancel cancel) {
    Caller caller = callers.get(from.incarnation());
    Abandonable work = caller == null ? null : caller.find(cancel.callId());
    if (work != null) {
      work.cancel(from + " gave it up");
    }
  }

  // Nobody waits for its calls any more. What they were to keep others may hold.
  private void onGone(WorkerInfo peer) {
    Caller caller = callers.get(peer.incarnation());
    if (caller != null) {
      caller.markGone();
      caller.all().stream().filter(work -> !work.outlivesCaller()).forEach(work -> work.cancel(peer + " is gone"));
      forgetIfOver(peer, caller);
    }
  }

  private void forgetIfOver(WorkerInfo peer, Caller caller) {
    if (caller.isOver()) {
      callers.remove(peer.incarnation(), caller);
    }
  }

  /** Gives up whatever is under way; this worker is gone. */
  void close() {
    List.copyOf(callers.values()).forEach(caller ->
        caller.all().forEach(work -> work.cancel(setup.endpoint().self() + " left its group")));
    callers.clear();
  }
}
