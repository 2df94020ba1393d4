package dev.vertxrpc.call;

import dev.vertxrpc.RpcException;
import dev.vertxrpc.RpcFailure;
import dev.vertxrpc.RpcListener;
import dev.vertxrpc.WorkerInfo;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * The calls that this worker has made and not yet heard about. Each entry leaves exactly once: by a reply,
 * by its deadline, because it is cancelled, by the loss of the worker it was sent to, or by the end of this
 * worker. Taking it out is what decides which of them it was. Thread-safe.
 */
final class PendingCalls {
  private final Map<Long, PendingCall> calls = new ConcurrentHashMap<>();
  private final RpcListener listener;
  private final Activity activity;
  private volatile boolean closed;

  PendingCalls(RpcListener listener, Activity activity) {
    this.listener = listener;
    this.activity = activity;
  }

  int size() {
    return calls.size();
  }

  /** Whether it was taken; after the end none is, and then it has ended. */
  boolean open(PendingCall call) {
    if (closed) {
      call.end();
      return false;
    }
    activity.begin();
    calls.put(call.callId(), call);
    listener.callStarted(call.callId(), call.peer(), call.function());
    // The end may have come between the two, and have found nothing to fail.
    if (closed && take(call.callId()).isPresent()) {
      end(call, Optional.of(RpcFailure.NOT_JOINED));
      return false;
    }
    return true;
  }

  /** Takes the call out, if it is still there: then the taker must end it. */
  Optional<PendingCall> take(long callId) {
    return Optional.ofNullable(calls.remove(callId));
  }

  /** The same for an answer, which only the worker that was called may give. */
  Optional<PendingCall> take(long callId, WorkerInfo from) {
    PendingCall call = calls.get(callId);
    return call != null && call.peer().incarnation() == from.incarnation() ? take(callId) : Optional.empty();
  }

  void complete(PendingCall call, Object value) {
    try {
      end(call, Optional.empty());
    } finally {
      call.promise().complete(value);
    }
  }

  void fail(PendingCall call, RpcException failure) {
    try {
      end(call, Optional.of(failure.failure()));
    } finally {
      call.promise().fail(failure);
    }
  }

  private void end(PendingCall call, Optional<RpcFailure> failure) {
    call.end();
    listener.callEnded(call.callId(), failure, call.took());
    activity.end();
  }

  /** Fails every call to that incarnation. */
  void failAll(long peer, Function<PendingCall, RpcException> failure) {
    for (PendingCall call : calls.values()) {
      if (call.peer().incarnation() == peer) {
        take(call.callId()).ifPresent(taken -> fail(taken, failure.apply(taken)));
      }
    }
  }

  /** Fails every call, and takes no more. */
  void close(Function<PendingCall, RpcException> failure) {
    closed = true;
    for (PendingCall call : calls.values()) {
      take(call.callId()).ifPresent(taken -> fail(taken, failure.apply(taken)));
    }
  }
}
