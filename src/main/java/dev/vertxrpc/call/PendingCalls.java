package dev.vertxrpc.call;

import dev.vertxrpc.RpcException;
import dev.vertxrpc.RpcFailure;
import dev.vertxrpc.WorkerInfo;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The calls that this worker has made and not yet heard about. Each entry leaves exactly once: by a reply,
 * by its deadline, because it is cancelled, by the loss of the worker it was sent to, or by the end of this
 * worker. Taking it out is what decides which of them it was. Thread-safe.
 */
final class PendingCalls {
  private static final Logger LOG = LoggerFactory.getLogger(PendingCalls.class);

  private final CallTable<PendingCall> calls = new CallTable<>();
  private final Listeners listener;
  private final Activity activity;
  private final Deadlines deadlines;
  private boolean closed;

  PendingCalls(Listeners listener, Activity activity, Deadlines deadlines) {
    this.listener = listener;
    this.activity = activity;
    this.deadlines = deadlines;
  }

  synchronized int size() {
    return calls.size();
  }

  /** Whether it was taken; after the end none is, and then it has ended. */
  boolean open(PendingCall call) {
    boolean isOpen = false;
    activity.begin();
    try {
      isOpen = put(call);
    } finally {
      if (!isOpen) {
        activity.end();
        call.end();
      }
    }
    if (!isOpen) {
      return false;
    }
    listener.callStarted(call.callId(), call.peer(), call.function());
    return true;
  }

  private synchronized boolean put(PendingCall call) {
    if (!closed) {
      calls.put(call.callId(), call);
      deadlines.enter(call, call.terms().deadline());
    }
    return !closed;
  }

  /** Takes the call out, if it is still there: then the taker must end it. */
  synchronized Optional<PendingCall> take(long callId) {
    PendingCall call = calls.remove(callId);
    if (call != null) {
      deadlines.takeOut(call);
    }
    return Optional.ofNullable(call);
  }

  /** The same for an answer, which only the worker that was called may give. */
  synchronized Optional<PendingCall> take(long callId, WorkerInfo from) {
    PendingCall call = calls.get(callId);
    return call != null && call.peer().incarnation() == from.incarnation() ? take(callId) : Optional.empty();
  }

  void complete(PendingCall call, Object value) {
    try {
      end(call, Optional.empty());
    } finally {
      try {
        call.promise().complete(value);
      } catch (RuntimeException gone) {
        untold(call, gone);
      }
    }
  }

  void fail(PendingCall call, RpcException failure) {
    try {
      end(call, Optional.of(failure.failure()));
    } finally {
      try {
        call.promise().fail(failure);
      } catch (RuntimeException gone) {
        untold(call, gone);
      }
    }
  }

  // The context of its caller may have ended, and take nothing: the calls of others have to end all the same.
  private static void untold(PendingCall call, RuntimeException gone) {
    LOG.warn("event=caller-not-told call={} cause={}", call, gone.toString());
  }

  private void end(PendingCall call, Optional<RpcFailure> failure) {
    call.end();
    listener.callEnded(call, failure);
    activity.end();
  }

  /** Fails every call to that incarnation. */
  void failAll(long peer, Function<PendingCall, RpcException> failure) {
    for (PendingCall call : all()) {
      if (call.peer().incarnation() == peer) {
        take(call.callId()).ifPresent(taken -> fail(taken, failure.apply(taken)));
      }
    }
  }

  /** Fails every call, and takes no more. */
  void close(Function<PendingCall, RpcException> failure) {
    synchronized (this) {
      closed = true;
    }
    for (PendingCall call : all()) {
      take(call.callId()).ifPresent(taken -> fail(taken, failure.apply(taken)));
    }
    deadlines.close();
  }

  private synchronized List<PendingCall> all() {
    return calls.all();
  }
}
