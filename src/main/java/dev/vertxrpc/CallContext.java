package dev.vertxrpc;

import io.vertx.core.Context;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * The call being served: known inside a remote function and in what it composes, on whichever thread
 * that runs. Thread-safe.
 */
public interface CallContext {
  /**
   * The call that the current code serves.
   *
   * @throws IllegalStateException outside a remote function
   */
  static CallContext current() {
    Context context = Vertx.currentContext();
    CallContext current = context == null ? null : CallContextLocal.get(context);
    if (current == null) {
      throw new IllegalStateException("no call is being served here: CallContext.current() works in a "
          + "remote function and in what it composes");
    }
    return current;
  }

  /** The worker that serves the call. */
  Rpc rpc();

  /** The Vert.x instance that it runs in. */
  Vertx vertx();

  /** Who called. */
  WorkerInfo caller();

  /** The time left, zero at the least; empty where the call has no deadline. */
  Optional<Duration> remaining();

  /**
   * The object that this worker provides, or serves without a name, as {@code type}.
   *
   * @throws IllegalStateException if it has none
   */
  <T> T get(Class<T> type);

  /** What the caller sent along. */
  Map<String, String> headers();

  /** Whether the caller has given up: it was cancelled there, its time was over, or it is gone. */
  boolean isCancelled();

  /**
   * Calls {@code handler} when the caller gives up, at once where it has: on the context where it was set,
   * and only while the call is being served. A blocking function's thread is interrupted too.
   */
  CallContext cancelHandler(Handler<Void> handler);

  /** The number of the call, unique to its caller's incarnation. */
  long callId();

  /**
   * The number of the call at the root of this tree of nested calls; unique only together with the incarnation of the
   * worker that made that call.
   */
  long rootCallId();
}
