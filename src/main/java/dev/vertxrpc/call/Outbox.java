package dev.vertxrpc.call;

import dev.vertxrpc.RpcException;
import dev.vertxrpc.RpcFailure;
import dev.vertxrpc.WorkerInfo;
import dev.vertxrpc.wire.Frame;
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
  private final Traffic traffic;
  private ArgumentGate gate;

  Outbox(CallSetup setup, PendingCalls pending) {
    this.setup = setup;
    this.pending = pending;
    this.traffic = new Traffic(setup.limits().maxCallsPerPeer(), setup.limits().maxBytesPerPeer());
  }

  void connect(ArgumentGate argumentGate) {
    gate = argumentGate;
  }

  /** How many calls {@code peer} is to answer. */
  int pending(WorkerInfo peer) {
    return traffic.calls(peer);
  }

  /** Sends {@code frame}, which asks for {@code call} and brings so many bytes of arguments. */
  <R> Future<R> send(PendingCall call, Terms terms, Frame frame, long bytes) {
    return make(call, terms, bytes, new FrameErrand(setup.endpoint(), gate, pending, call, frame));
  }

  /** Waits for {@code kept}, a value of this worker's own, as {@code call} would wait for its answer. */
  <R> Future<R> await(PendingCall call, Terms terms, Future<Object> kept) {
    Subscription<Object> value = Subscription.of(kept, (made, failure) ->
        pending.take(call.callId()).ifPresent(taken -> {
          if (failure == null) {
            pending.complete(taken, made);
          } else {
            pending.fail(taken, setup.failures().restored((RpcException) failure));
          }
        }));
    return make(call, terms, 0, new KeptErrand(call, value));
  }

  /**
   * Sends {@code frame}, whose result {@code call}'s peer is to keep.
   *
   * @throws RpcException why it was not sent
   */
  Creation create(PendingCall call, Terms terms, Frame.Call frame) {
    Creation creation;
    try {
      creation = send(call, terms, frame);
    } catch (Throwable unsent) {
      if (!call.mayHaveRun()) {
        takeBack(call, frame);
      }
      throw unsent;
    }
    creation.begin();
    return creation;
  }

  private Creation send(PendingCall call, Terms terms, Frame.Call frame) {
    long bytes = frame.bytes();
    // Before it is let in: a signal may be a Future of the application's own, which may throw.
    Creation creation = new Creation(setup.endpoint(), call, terms, () -> traffic.release(call.peer(), bytes));
    RpcException refusal = refusal(call, terms, bytes);
    if (refusal != null) {
      throw refusal;
    }
    boolean sent = false;
    try {
      sent = setup.endpoint().send(call.peer(), frame, unlessGivenUp(call));
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
    return new Outgoing() {
      @Override
      public boolean isWanted() {
        return call.markWritten();
      }
    };
  }

  private void takeBack(PendingCall call, Frame.Call frame) {
    setup.endpoint().lanes().giveBack(call.peer(), frame);
    gate.takeBack(frame.forks());
  }

  private <R> Future<R> make(PendingCall call, Terms terms, long bytes, Errand errand) {
    RpcException refusal;
    try {
      Subscription<?> signal = terms.cancelOn().map(future -> onCompletion(future, call)).orElse(null);
      refusal = refusal(call, terms, bytes);
      if (refusal == null) {
        makeAdmitted(call, terms, bytes, signal, errand);
        return call.future();
      }
    } catch (Throwable broken) {
      // A signal of the application's own may throw, and memory be short.
      breakOff(call, errand, broken);
      throw broken;
    }
    errand.abandon();
    return call.refuse(refusal);
  }

  // Unless its frame was written: then its answer will come.
  private void breakOff(PendingCall call, Errand errand, Throwable broken) {
    if (!call.mayHaveRun()) {
      errand.abandon();
      pending.take(call.callId()).ifPresent(taken -> pending.fail(taken, RpcException.of(RpcFailure.CODEC,
          call + " on " + call.peer() + " could not be sent: " + broken).at(call.peer()).withCause(broken)));
    }
  }

  private RpcException refusal(PendingCall call, Terms terms, long bytes) {
    if (terms.deadline().isOver()) {
      return timedOut(call);
    }
    if (terms.cancelOn().map(Future::isComplete).orElse(false)) {
      return failure(RpcFailure.CANCELLED, call, "it was cancelled before it was sent");
    }
    if (terms.parent() != null && terms.parent().isCancelled()) {
      return failure(RpcFailure.CANCELLED, call, "the call that it was to be made for was cancelled");
    }
    String full = traffic.admit(call.peer(), bytes);
    return full == null ? null : failure(RpcFailure.OVERLOADED, call, full);
  }

  private void makeAdmitted(PendingCall call, Terms terms, long bytes, Subscription<?> signal, Errand errand) {
    ServedCall parent = terms.parent();
    Nested nested = why -> cancel(call, why);
    call.atEnd(() -> {
      traffic.release(call.peer(), bytes);
      leave(nested, parent, signal, errand);
    });
    if (!pending.open(call)) {
      errand.abandon();
      call.promise().fail(setup.endpoint().whyGone(call.peer()));
      return;
    }
    // Once this worker has left, its node may have no timer any more.
    if (setup.endpoint().whyGone(call.peer()) == null) {
      terms.deadline().remaining().ifPresent(left ->
          call.expireWith(setup.node().clock().schedule(left, () -> giveUp(call, () -> timedOut(call)))));
    }
    if (!errand.begin()) {
      errand.abandon();
      pending.take(call.callId()).ifPresent(taken -> pending.fail(taken, setup.endpoint().whyGone(call.peer())));
      return;
    }
    // Behind the call itself, which a cancellation must not overtake.
    if (parent != null && !parent.enter(nested)) {
      cancel(call, "the call that it was made for was cancelled");
    }
    if (signal != null) {
      signal.begin();
    }
    // What it entered above it may have left before.
    if (call.hasEnded()) {
      leave(nested, parent, signal, errand);
    }
  }

  private static void leave(Nested nested, ServedCall parent, Subscription<?> signal, Errand errand) {
    errand.end();
    if (parent != null) {
      parent.leave(nested);
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

  /** Fails whatever is pending; the worker is gone. */
  void close() {
    pending.close(call -> RpcException.of(RpcFailure.NOT_JOINED, setup.endpoint().self().name()
        + " left its group before " + call.peer() + " answered " + call)
        .at(call.peer()).mayHaveRun(call.mayHaveRun()));
  }
}
