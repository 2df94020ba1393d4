package dev.vertxrpc.call;

import dev.vertxrpc.RpcFailure;
import dev.vertxrpc.RpcListener;
import dev.vertxrpc.WorkerInfo;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All listeners of a worker as one, which does not throw when one of them does. Thread-safe. */
public final class Listeners implements RpcListener {
  private static final Logger LOG = LoggerFactory.getLogger(Listeners.class);

  private final List<RpcListener> listeners = new CopyOnWriteArrayList<>();

  /** Tells that one too. */
  public void add(RpcListener listener) {
    listeners.add(listener);
  }

  /** Whether there is anybody: nothing need be made of what nobody hears of each call. */
  private boolean isHeard() {
    return !listeners.isEmpty();
  }

  private void each(Consumer<RpcListener> event) {
    for (RpcListener listener : listeners) {
      try {
        event.accept(listener);
      } catch (RuntimeException | LinkageError | AssertionError broken) {
        LOG.warn("event=listener-failed listener={}", listener.getClass().getName(), broken);
      }
    }
  }

  @Override
  public void callStarted(long callId, WorkerInfo peer, String function) {
    if (isHeard()) {
      each(listener -> listener.callStarted(callId, peer, function));
    }
  }

  /** As {@link #callEnded(long, Optional, Duration)}. */
  void callEnded(PendingCall call, Optional<RpcFailure> failure) {
    if (isHeard()) {
      callEnded(call.callId(), failure, Duration.ofNanos(call.terms().tookNanos()));
    }
  }

  @Override
  public void callEnded(long callId, Optional<RpcFailure> failure, Duration took) {
    each(listener -> listener.callEnded(callId, failure, took));
  }

  @Override
  public void failureUnobserved(String function, RpcFailure failure) {
    each(listener -> listener.failureUnobserved(function, failure));
  }

  /** As {@link #callServed(WorkerInfo, String, Optional, Duration)}. */
  void callServed(ServedCall call, String function, Optional<RpcFailure> failure) {
    if (isHeard()) {
      callServed(call.caller(), function, failure, Duration.ofNanos(call.tookNanos()));
    }
  }

  @Override
  public void callServed(WorkerInfo caller, String function, Optional<RpcFailure> failure, Duration took) {
    each(listener -> listener.callServed(caller, function, failure, took));
  }

  @Override
  public void loopBlocked(String function, Duration soFar) {
    each(listener -> listener.loopBlocked(function, soFar));
  }

  @Override
  public void replyDropped(WorkerInfo from) {
    each(listener -> listener.replyDropped(from));
  }

  @Override
  public void messageDropped(String reason) {
    each(listener -> listener.messageDropped(reason));
  }

  @Override
  public void refKept() {
    each(RpcListener::refKept);
  }

  @Override
  public void refFreed() {
    each(RpcListener::refFreed);
  }

  @Override
  public void roundEnded(int participants, Optional<RpcFailure> failure, Duration took) {
    each(listener -> listener.roundEnded(participants, failure, took));
  }

  @Override
  public void workerJoined(WorkerInfo worker) {
    each(listener -> listener.workerJoined(worker));
  }

  @Override
  public void workerLeft(WorkerInfo worker) {
    each(listener -> listener.workerLeft(worker));
  }

  @Override
  public void workerLost(WorkerInfo worker) {
    each(listener -> listener.workerLost(worker));
  }
}
