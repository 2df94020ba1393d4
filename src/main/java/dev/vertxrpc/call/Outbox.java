package dev.vertxrpc.call;

import dev.vertxrpc.CallOptions;
import dev.vertxrpc.RpcException;
import dev.vertxrpc.RpcFailure;
import dev.vertxrpc.WorkerInfo;
import dev.vertxrpc.wire.Frame;
import dev.vertxrpc.wire.FrameType;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * Sends the calls of one worker and sees to their end: an answer, their deadline, a cancellation, the loss of
 * their worker or the end of this one, whichever comes first. Answers are taken on the worker's context,
 * deadlines on the node's clock. Thread-safe.
 */
final class Outbox {
  private final CallSetup setup;
  private final PendingCalls pending;
  private final Traffic traffic;
  /** Whoever refused a call because it is leaving, and has not gone yet. */
  private final Set<Long> leaving = ConcurrentHashMap.newKeySet();
  private ArgumentGate gate;

  Outbox(CallSetup setup, Activity activity) {
    this.setup = setup;
    this.pending = new PendingCalls(setup.listener(), activity);
    this.traffic = new Traffic(setup.limits().maxCallsPerPeer(), setup.limits().maxBytesPerPeer());
  }

  void connect(ArgumentGate argumentGate) {
    gate = argumentGate;
    setup.endpoint().receive(FrameType.RESULT, this::onResult);
    setup.endpoint().receive(FrameType.FAILURE, this::onFailure);
    setup.endpoint().onLoss(this::onGone);
  }

  int pending() {
    return pending.size();
  }

  int pending(WorkerInfo peer) {
    return traffic.calls(peer);
  }

  /** Whether {@code peer} has said that it takes no calls any more. */
  boolean isLeaving(WorkerInfo peer) {
    return leaving.contains(peer.incarnation());
  }

  /** Sends {@code frame}, which asks for {@code call}; {@code parent}, which may be null, takes it down with it. */
  <R> Future<R> send(PendingCall call, Deadline deadline, CallOptions options, ServedCall parent, Frame frame,
                     long bytes) {
    return make(call, deadline, options, parent, bytes, new Errand() {
      @Override
      public boolean begin() {
        return setup.endpoint().send(call.peer(), frame, () -> isWanted(call, frame));
      }

      @Override
      public void abandon() {
        gate.takeBack(frame.forks());
      }

      @Override
      public void end() {}
    });
  }

  /** Waits for {@code kept}, a value of this worker's own, as {@code call} would wait for its answer. */
  <R> Future<R> await(PendingCall call, Deadline deadline, CallOptions options, ServedCall parent,
                      Future<Object> kept) {
    Subscription<Object> value = Subscription.of(kept, (made, failure) ->
        pending.take(call.callId()).ifPresent(taken -> {
          if (failure == null) {
            pending.complete(taken, made);
          } else {
            pending.fail(taken, setup.failures().restored((RpcException) failure));
          }
        }));
    return make(call, deadline, options, parent, 0, new KeptErrand(call, value));
  }

  private <R> Future<R> make(PendingCall call, Deadline deadline, CallOptions options, ServedCall parent, long bytes,
                             Errand errand) {
    RpcException refusal = refusal(call, deadline, options, parent, bytes);
    if (refusal != null) {
      errand.abandon();
      return call.refuse(refusal);
    }
    makeAdmitted(call, deadline, options, parent, bytes, errand);
    return call.future();
  }

  private RpcException refusal(PendingCall call, Deadline deadline, CallOptions options, ServedCall parent, long bytes) {
    if (deadline.isOver()) {
      return timedOut(call);
    }
    if (options.cancelOn().map(Future::isComplete).orElse(false)) {
      return failure(RpcFailure.CANCELLED, call, "it was cancelled before it was sent");
    }
    if (parent != null && parent.isCancelled()) {
      return failure(RpcFailure.CANCELLED, call, "the call that it was to be made for was cancelled");
    }
    String full = traffic.admit(call.peer(), bytes);
    return full == null ? null : failure(RpcFailure.OVERLOADED, call, full);
  }

  private void makeAdmitted(PendingCall call, Deadline deadline, CallOptions options, ServedCall parent, long bytes,
                            Errand errand) {
    Subscription<?> signal = options.cancelOn().map(future -> onCompletion(future, call)).orElse(null);
    call.atEnd(() -> {
      traffic.release(call.peer(), bytes);
      leave(call, parent, signal, errand);
    });
    if (!pending.open(call)) {
      errand.abandon();
      call.promise().fail(setup.endpoint().whyGone(call.peer()));
      return;
    }
    // Once this worker has left, its node may have no timer any more.
    if (setup.endpoint().whyGone(call.peer()) == null) {
      deadline.remaining().ifPresent(left ->
          call.expireWith(setup.node().clock().schedule(left, () -> giveUp(call, () -> timedOut(call)))));
    }
    if (!errand.begin()) {
      errand.abandon();
      pending.take(call.callId()).ifPresent(taken -> pending.fail(taken, setup.endpoint().whyGone(call.peer())));
      return;
    }
    // Behind the call itself, which a cancellation must not overtake.
    if (parent != null && !parent.enter(call)) {
      cancel(call, "the call that it was made for was cancelled");
    }
    if (signal != null) {
      signal.begin();
    }
    if (call.hasEnded()) {
      leave(call, parent, signal, errand);
    }
  }

  private boolean isWanted(PendingCall call, Frame frame) {
    if (call.markWritten()) {
      return true;
    }
    gate.takeBack(frame.forks());
    return false;
  }

  private static void leave(PendingCall call, ServedCall parent, Subscription<?> signal, Errand errand) {
    errand.end();
    if (parent != null) {
      parent.leave(call);
    }
    if (signal != null) {
      signal.end();
    }
  }

  private <T> Subscription<T> onCompletion(Future<T> signal, PendingCall call) {
    return Subscription.of(signal, (done, failed) -> cancel(call, "its signal completed"));
  }

  /** Fails the call with CANCELLED, unless it has ended. */
  void cancel(PendingCall call, String why) {
    giveUp(call, () -> failure(RpcFailure.CANCELLED, call, why));
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
        + millis(call.limit()) + " ms to " + call).at(call.peer()).mayHaveRun(call.mayHaveRun());
  }

  private static RpcException failure(RpcFailure failure, PendingCall call, String why) {
    return RpcException.of(failure, call.function() + " on " + call.peer() + ", call " + call.callId() + ": " + why)
        .at(call.peer()).mayHaveRun(call.mayHaveRun());
  }

  // Rounded up, as the limit was on its way here.
  private static long millis(Duration limit) {
    return limit.plusNanos(999_999).toMillis();
  }

  private void onResult(WorkerInfo from, Frame.Result result) {
    ArgumentGate.Arrival arrival = gate.admit(result.forks(), from);
    Optional<PendingCall> open = pending.take(result.callId(), from);
    if (open.isEmpty()) {
      arrival.discard();
      setup.listener().replyDropped(from);
      return;
    }
    PendingCall call = open.get();
    Object value;
    try {
      value = value(call, result, arrival);
    } catch (Throwable undecodable) {
      arrival.discard();
      RpcException failure = undecodable instanceof RpcException rpc ? rpc : RpcException.of(RpcFailure.CODEC,
          "the result of " + call.function() + " cannot be decoded: " + undecodable).withCause(undecodable);
      pending.fail(call, failure.at(from).mayHaveRun(true));
      return;
    }
    pending.complete(call, value);
  }

  // Who calls a function for its effect does not say what it returns: that stays undecoded.
  private Object value(PendingCall call, Frame.Result result, ArgumentGate.Arrival arrival) {
    if (call.resultType() == Void.class) {
      arrival.discard();
      return null;
    }
    return call.codec().decode("result of " + call.function(), result.value().body(), result.value().bulk(),
        call.resultType(), arrival);
  }

  private void onFailure(WorkerInfo from, Frame.Failure failure) {
    if (failure.failure() == RpcFailure.WORKER_LEFT) {
      leaving.add(from.incarnation());
    }
    Optional<PendingCall> open = pending.take(failure.callId(), from);
    if (open.isEmpty()) {
      setup.listener().replyDropped(from);
      return;
    }
    pending.fail(open.get(), setup.failures().exception(failure, from));
  }

  private void onGone(WorkerInfo peer, RpcFailure reason, String message) {
    leaving.remove(peer.incarnation());
    pending.failAll(peer.incarnation(), call -> RpcException.of(reason, peer + ", called for " + call
        + ": " + message).at(peer).mayHaveRun(call.mayHaveRun()));
  }

  /** Fails whatever is pending; the worker is gone. */
  void close() {
    pending.close(call -> RpcException.of(RpcFailure.NOT_JOINED, setup.endpoint().self().name()
        + " left its group before " + call.peer() + " answered " + call)
        .at(call.peer()).mayHaveRun(call.mayHaveRun()));
  }
}
