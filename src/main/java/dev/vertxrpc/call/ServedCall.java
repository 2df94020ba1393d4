package dev.vertxrpc.call;

import dev.vertxrpc.CallContext;
import dev.vertxrpc.CallContextLocal;
import dev.vertxrpc.Rpc;
import dev.vertxrpc.WorkerInfo;
import dev.vertxrpc.wire.CallId;
import dev.vertxrpc.wire.Frame;
import dev.vertxrpc.wire.FunctionName;
import io.vertx.core.Context;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * A call that this worker serves, as its function sees it, and what goes down with it when its caller gives it
 * up: the calls that were made for it, and the thread that it blocks. Thread-safe.
 */
final class ServedCall implements CallContext, CallContextLocal.Waiter, Turns.InTree {
  private static final long LOOK_AGAIN_MILLIS = 100;

  private final CallSetup setup;
  private final WorkerInfo caller;
  private final long callId;
  /** Empty: it is that itself. */
  private final Optional<CallId> root;
  private final FunctionName function;
  private final Map<String, String> headers;
  private final Deadline deadline;
  private final long arrivedNanos;
  /** Both are null as long as there is nothing in them, as with most calls. */
  private Set<Nested> nested;
  private List<Runnable> handlers;
  private boolean cancelled;
  private boolean ended;
  /** What a blocking function runs on, while it does. */
  private Thread thread;
  /** The place of that function among the methods of its object; null where it has none. */
  private Turns.Turn turn;

  ServedCall(CallSetup setup, WorkerInfo caller, Frame.Call call) {
    this.setup = setup;
    this.caller = caller;
    this.callId = call.callId();
    this.root = call.root();
    this.function = call.function();
    this.headers = call.headers();
    this.arrivedNanos = setup.node().clock().nanoTime();
    this.deadline = Deadline.fromRemainingMillis(setup.node().clock(), arrivedNanos, call.remainingMillis());
  }

  @Override
  public Rpc rpc() {
    return setup.rpc();
  }

  @Override
  public Vertx vertx() {
    return setup.context().owner();
  }

  @Override
  public <T> T get(Class<T> type) {
    return setup.application().objects().get(type);
  }

  @Override
  public WorkerInfo caller() {
    return caller;
  }

  @Override
  public Optional<Duration> remaining() {
    return deadline.remaining();
  }

  @Override
  public Map<String, String> headers() {
    return headers;
  }

  @Override
  public long callId() {
    return callId;
  }

  @Override
  public long rootCallId() {
    return root().number();
  }

  @Override
  public synchronized boolean isCancelled() {
    return cancelled;
  }

  @Override
  public CallContext cancelHandler(Handler<Void> handler) {
    // Where it was set: there the call is known, and the loop is the worker's.
    Context here = Vertx.currentContext() == null ? setup.context() : Vertx.currentContext();
    Runnable told = () -> here.runOnContext(handler);
    synchronized (this) {
      if (!cancelled) {
        if (!ended) {
          handlers = handlers == null ? new ArrayList<>(1) : handlers;
          handlers.add(told);
        }
        return this;
      }
    }
    told.run();
    return this;
  }

  FunctionName function() {
    return function;
  }

  @Override
  public CallId root() {
    return root.orElseGet(() -> new CallId(caller.incarnation(), callId));
  }

  Deadline deadline() {
    return deadline;
  }

  long tookNanos() {
    return setup.node().clock().nanoTime() - arrivedNanos;
  }

  /** Whether a call made for this one may begin; then it must {@link #leave}. */
  synchronized boolean enter(Nested made) {
    if (!cancelled && !ended) {
      nested = nested == null ? new HashSet<>() : nested;
      nested.add(made);
    }
    return !cancelled;
  }

  synchronized void leave(Nested made) {
    if (nested != null) {
      nested.remove(made);
    }
  }

  /** Whether its blocking function may begin, on this thread; then it must {@link #release}. */
  synchronized boolean occupy(Turns.Turn place) {
    if (!cancelled) {
      thread = Thread.currentThread();
      turn = place;
    }
    return !cancelled;
  }

  /** Whether its blocking function is at it. One that was cancelled and is not never will be. */
  synchronized boolean isOnThread() {
    return thread != null;
  }

  /** Its function has returned. An interrupt that came for it must not hit whoever is next on this thread. */
  synchronized void release() {
    thread = null;
    turn = null;
    if (cancelled) {
      Thread.interrupted();
    }
  }

  @Override
  public void pauses() {
    Turns.Turn paused = turnOfThisThread();
    if (paused != null) {
      setup.context().runOnContext(now -> paused.pause());
    }
  }

  @Override
  public void goesOn() {
    Turns.Turn resumed = turnOfThisThread();
    if (resumed == null) {
      return;
    }
    CountDownLatch alone = new CountDownLatch(1);
    setup.context().runOnContext(now -> resumed.resume(alone::countDown));
    boolean interrupted = false;
    // Not even a cancelled function may run beside a method that it has let in. At the end nobody would tell it.
    while (setup.endpoint().whyGone(setup.endpoint().self()) == null) {
      try {
        if (alone.await(LOOK_AGAIN_MILLIS, TimeUnit.MILLISECONDS)) {
          break;
        }
      } catch (InterruptedException cancelledMeanwhile) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** Another thread that the function has started waits on its own account. */
  private synchronized Turns.Turn turnOfThisThread() {
    return Thread.currentThread() == thread ? turn : null;
  }

  /** It has been answered: nobody can cancel it any more. */
  synchronized void end() {
    ended = true;
    handlers = null;
    nested = null;
  }

  /** Tells the function, and cancels what was asked of others for it; nothing where that is known, or it is over. */
  void cancel() {
    List<Runnable> told;
    List<Nested> gone;
    synchronized (this) {
      if (cancelled || ended) {
        return;
      }
      cancelled = true;
      told = handlers == null ? List.of() : handlers;
      gone = nested == null ? List.of() : List.copyOf(nested);
      handlers = null;
      nested = null;
      if (thread != null) {
        thread.interrupt();
      }
    }
    told.forEach(Runnable::run);
    gone.forEach(made -> made.cancel("the call that it was made for was cancelled"));
  }
}
