package dev.vertxrpc.call;

import dev.vertxrpc.RpcException;
import dev.vertxrpc.RpcFailure;
import dev.vertxrpc.WorkerInfo;
import dev.vertxrpc.wire.Frame;
import dev.vertxrpc.wire.Lanes;
import dev.vertxrpc.wire.Outgoing;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * Sends the calls of one worker, and gives them up: at their deadline, on the node's clock, when they are cancelled,
 * or at the end of this worker. Answers come to the {@link Inbox}. Thread-safe.
 */
final class Outbox {
  private final CallSetup setup;
  private final PendingCalls pending;
  private final Activity activity;
  private final Traffic traffic;
  private ArgumentGate gate;

  Outbox(CallSetup setup, PendingCalls pending, Activity activity) {
    this.setup = setup;
    this.pending = pending;
    this.activity = activity;
    this.traffic = new Traffic(setup.limits().maxCallsPerPeer(), setup.limits().maxBytesPerPeer());
  }

  void connect(ArgumentGate argumentGate) {
    gate = argumentGate;
  }

  /** Where what calls bring finds room. */
  Lanes lanes() {
    return setup.endpoint().lanes();
  }

  /** How many calls {@code peer} is to answer. */
  int pending(WorkerInfo peer) {
    return traffic.calls(peer);
  }

  /** Waits for {@code kept}, a value of this worker's own, as {@code call} would wait for its answer. */
  <R> Future<R> await(PendingCall call, Future<Object> kept) {
    return send(call.awaits(Subscription.of(kept, (made, failure) ->
        pending.take(call.callId()).ifPresent(taken -> {
          if (failure == null) {
            pending.complete(taken, made);
          } else {
            pending.fail(taken, setup.failures().restored((RpcException) failure));
          }
        }))));
  }

  /** Has {@code call} set out: it sends its frame, if it has one, and waits for its answer. */
  <R> Future<R> send(PendingCall call) {
    RpcException refusal;
    try {
      // Before it is let in: a signal may be a Future of the application's own, which may throw.
      call.hearSignal();
      refusal = refusal(call);
      if (refusal == null) {
        sendAdmitted(call);
        return call.future();
      }
    } catch (Throwable broken) {
      // And memory may be short.
      breakOff(call, broken);
      throw broken;
    }
    takeBack(call);
    return call.refuse(refusal);
  }

  // Unless its frame was written: then its answer will come.
  private void breakOff(PendingCall call, Throwable broken) {
    if (!call.mayHaveRun()) {
      takeBack(call);
      pending.take(call.callId()).ifPresent(taken -> pending.fail(taken, RpcException.of(RpcFailure.CODEC,
          call + " on " + call.peer() + " could not be sent: " + broken).at(call.peer()).withCause(broken)));
    }
  }

  private void sendAdmitted(PendingCall call) {
    if (!pending.open(call)) {
      takeBack(call);
      call.promise().fail(setup.endpoint().whyGone(call.peer()));
    } else if (call.frame() == null || setup.endpoint().send(call.peer(), call)) {
      call.listen();
    } else {
      takeBack(call);
      pending.take(call.callId()).ifPresent(taken -> pending.fail(taken, setup.endpoint().whyGone(call.peer())));
    }
  }

  /**
   * Sends what {@code call} sends, whose result its peer is to keep.
   *
   * @throws RpcException why it was not sent
   */
  Creation create(PendingCall call) {
    Creation creation;
    try {
      creation = sendCreation(call);
    } catch (Throwable unsent) {
      if (!call.mayHaveRun()) {
        takeBack(call);
      }
      throw unsent;
    }
    boolean begun = false;
    try {
      creation.begin();
      begun = true;
    } finally {
      if (!begun) {
        creation.acknowledged();
      }
    }
    return creation;
  }

  private Creation sendCreation(PendingCall call) {
    // Before it is let in, as above.
    Creation creation = new Creation(setup.endpoint(), call, activity);
    RpcException refusal = refusal(call);
    if (refusal != null) {
      throw refusal;
    }
    activity.begin();
    boolean sent = false;
    try {
      sent = setup.endpoint().send(call.peer(), unlessGivenUp(call));
    } finally {
      if (!sent) {
        creation.acknowledged();
      }
    }
    if (!sent) {
      throw setup.endpoint().whyGone(call.peer());
    }
    return creation;
  }

  private static Outgoing unlessGivenUp(PendingCall call) {
    Frame frame = call.frame();
    return new Outgoing() {
      @Override
      public Frame frame() {
        return frame;
      }

      @Override
      public boolean isWanted() {
        return call.markWritten();
      }
    };
  }

  /** Its frame, if it has one, is not written, and never will be. */
  void takeBack(PendingCall call) {
    if (call.frame() != null) {
      lanes().giveBack(call.peer(), call.frame());
      gate.takeBack(call.frame().forks());
    }
  }

  /** It could not be written, for {@code cause}. */
  void unwritable(PendingCall call, Throwable cause) {
    takeBack(call);
    pending.take(call.callId()).ifPresent(taken -> pending.fail(taken, RpcException.of(RpcFailure.CODEC,
        call + " on " + call.peer() + " could not be written: " + cause).at(call.peer()).withCause(cause)));
  }

  /** Why it cannot be made; null where it can, and counts from now on. */
  private RpcException refusal(PendingCall call) {
    Terms terms = call.terms();
    if (terms.isOver()) {
      return timedOut(call);
    }
    if (terms.cancelOn().isPresent() && terms.cancelOn().get().isComplete()) {
      return failure(RpcFailure.CANCELLED, call, "it was cancelled before it was sent");
    }
    if (terms.parent() != null && terms.parent().isCancelled()) {
      return failure(RpcFailure.CANCELLED, call, "the call that it was to be made for was cancelled");
    }
    Traffic.Load load = traffic.with(call.peer());
    String full = load.admit(call.bytes());
    if (full != null) {
      return failure(RpcFailure.OVERLOADED, call, full);
    }
    call.counts(load);
    return null;
  }

  /** Its time is over. */
  void expire(PendingCall call) {
    giveUp(call, () -> timedOut(call));
  }

  /** Fails the call with CANCELLED, unless it has ended. */
  void cancel(PendingCall call, String why) {
    // Whoever it was made for may hear sooner than it does that the time of both is over.
    giveUp(call, () -> call.terms().deadline().isOver() ? timedOut(call) : failure(RpcFailure.CANCELLED, call, why));
  }

  // The reason is made after the call was taken: only then its fate may be decided.
  private void giveUp(PendingCall call, Supplier<RpcException> why) {
    pending.take(call.callId()).ifPresent(taken -> {
      if (taken.mayHaveRun()) {
        setup.endpoint().send(taken.peer(), new Frame.Cancel(taken.callId()));
      }
      pending.fail(taken, why.get());
    });
  }

  private static RpcException timedOut(PendingCall call) {
    return RpcException.of(RpcFailure.TIMEOUT, "no reply from " + call.peer() + " within "
        + millis(call.terms().limit()) + " ms to " + call).at(call.peer()).mayHaveRun(call.mayHaveRun());
  }

  private static RpcException failure(RpcFailure failure, PendingCall call, String why) {
    return RpcException.of(failure, call.function() + " on " + call.peer() + ", call " + call.callId() + ": " + why)
        .at(call.peer()).mayHaveRun(call.mayHaveRun());
  }

  // Rounded up, as the limit was on its way here.
  private static long millis(Duration limit) {
    return limit.plusNanos(999_999).toMillis();
  }

  /** Fails whatever is pending; the worker is gone. */
  void close() {
    pending.close(call -> RpcException.of(RpcFailure.NOT_JOINED, setup.endpoint().self().name()
        + " left its group before " + call.peer() + " answered " + call)
        .at(call.peer()).mayHaveRun(call.mayHaveRun()));
  }
}
