package dev.vertxrpc.call;

import dev.vertxrpc.RpcException;
import dev.vertxrpc.RpcFailure;
import dev.vertxrpc.WorkerInfo;
import dev.vertxrpc.wire.Frame;
import dev.vertxrpc.wire.FrameType;
import dev.vertxrpc.wire.Payload;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Takes the answers to the calls of one worker, and what becomes of the workers that owe them. Answers and losses are
 * taken on the worker's context, what is known of a peer may be asked for on any thread.
 */
final class Inbox {
  private final CallSetup setup;
  private final PendingCalls pending;
  private final Decoder decoder;
  /** Whoever refused a call because it is leaving, and has not gone yet. */
  private final Set<Long> leaving = ConcurrentHashMap.newKeySet();
  private ArgumentGate gate;

  Inbox(CallSetup setup, PendingCalls pending) {
    this.setup = setup;
    this.pending = pending;
    this.decoder = setup.decoder();
  }

  void connect(ArgumentGate argumentGate) {
    gate = argumentGate;
    setup.endpoint().receive(FrameType.RESULT, this::onResult);
    setup.endpoint().receive(FrameType.FAILURE, this::onFailure);
    setup.endpoint().onLoss(this::onGone);
  }

  /** Whether {@code peer} has said that it takes no calls any more. */
  boolean isLeaving(WorkerInfo peer) {
    return leaving.contains(peer.incarnation());
  }

  private void onResult(WorkerInfo from, Frame.Result result) {
    ArgumentGate.Arrival arrival = gate.admit(result.forks(), from);
    if (result.value().isThere()) {
      end(from, result, arrival);
    } else {
      // Until it is there its call may end otherwise: at its deadline, or with its callee.
      result.value().whenThere(why -> setup.context().runOnContext(now -> {
        if (why != null && setup.endpoint().whyGone(from) != null) {
          // Its call fails because of that.
          arrival.discard();
        } else {
          end(from, result, arrival);
        }
      }));
    }
  }

  private void end(WorkerInfo from, Frame.Result result, ArgumentGate.Arrival arrival) {
    Optional<PendingCall> open = pending.take(result.callId(), from);
    if (open.isEmpty()) {
      arrival.discard();
      setup.listener().replyDropped(from);
      return;
    }
    PendingCall call = open.get();
    if (decoder.takes(result.value(), result.forks(), call.codec())) {
      decoder.decode(result.value(), result.forks(), call.codec(), () -> value(call, result, arrival),
          (value, undecodable) -> settle(call, from, arrival, value, undecodable));
      return;
    }
    Object value = null;
    Throwable undecodable = null;
    try {
      value = value(call, result, arrival);
    } catch (Throwable thrown) {
      undecodable = thrown;
    }
    settle(call, from, arrival, value, undecodable);
  }

  private void settle(PendingCall call, WorkerInfo from, ArgumentGate.Arrival arrival, Object value,
                      Throwable undecodable) {
    if (undecodable == null) {
      pending.complete(call, value);
    } else {
      fail(call, from, arrival, undecodable);
    }
  }

  private void fail(PendingCall call, WorkerInfo from, ArgumentGate.Arrival arrival, Throwable undecodable) {
    arrival.discard();
    RpcException failure = undecodable instanceof RpcException rpc ? rpc : RpcException.of(RpcFailure.CODEC,
        "the result of " + call.function() + " cannot be decoded: " + undecodable).withCause(undecodable);
    pending.fail(call, failure.at(from).mayHaveRun(true));
  }

  // Who calls a function for its effect does not say what it returns: that stays undecoded.
  private Object value(PendingCall call, Frame.Result result, ArgumentGate.Arrival arrival) {
    if (call.resultType() == Void.class) {
      arrival.discard();
      return null;
    }
    Payload values = result.value();
    return call.codec().decode(new ResultOf(call.function()), values.array(), values.start(), values.length(),
        values.bulk(), call.resultType(), arrival);
  }

  /** What failures call it. */
  private record ResultOf(String function) {
    @Override
    public String toString() {
      return "result of " + function;
    }
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
}
