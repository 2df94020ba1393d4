package dev.vertxrpc.call;

import dev.vertxrpc.WorkerInfo;
import dev.vertxrpc.wire.Frame;
import dev.vertxrpc.wire.FrameType;
import dev.vertxrpc.wire.Incarnations;

/**
 * The workers that call this one: what is under way for each, how much of it there may be, and how it is given up.
 * Thread-safe.
 */
final class Callers {
  private final CallSetup setup;
  private final Traffic traffic;
  private final Incarnations<Caller> callers = new Incarnations<>();

  Callers(CallSetup setup) {
    this.setup = setup;
    this.traffic = new Traffic(setup.limits().maxCallsPerPeer(), setup.limits().maxBytesPerPeer());
  }

  void connect() {
    setup.endpoint().receive(FrameType.CANCEL, this::onCancel);
    setup.endpoint().onLoss((peer, reason, message) -> onGone(peer));
  }

  Caller caller(WorkerInfo from) {
    Caller known = callers.get(from.incarnation());
    return known != null ? known : callers.get(from.incarnation(), () -> new Caller(from, traffic.with(from)));
  }

  /** Whether something is under way for {@code peer}. */
  boolean serves(WorkerInfo peer) {
    return traffic.calls(peer) > 0;
  }

  /** That work is over: nobody can give it up any more. */
  void end(Caller caller, long callId, Abandonable done) {
    if (caller.end(callId, done)) {
      callers.remove(caller.worker().incarnation(), caller);
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
      if (caller.isOver()) {
        callers.remove(peer.incarnation(), caller);
      }
    }
  }

  /** Gives up whatever is under way; this worker is gone. */
  void close() {
    callers.values().forEach(caller ->
        caller.all().forEach(work -> work.cancel(setup.endpoint().self() + " left its group")));
  }
}
