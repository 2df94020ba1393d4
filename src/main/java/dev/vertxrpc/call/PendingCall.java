package dev.vertxrpc.call;

import dev.vertxrpc.RpcException;
import dev.vertxrpc.WorkerInfo;
import dev.vertxrpc.codec.ValueCodec;
import io.netty.util.Timeout;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.lang.reflect.Type;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;

/**
 * One call that was made and has not ended. Thread-safe: what changes after it was opened is volatile, and
 * whoever takes it out of the table has it alone.
 */
final class PendingCall {
  /** What becomes of its frame: one of the two, for ever. */
  private enum Fate { UNDECIDED, WRITTEN, GIVEN_UP }

  private final long callId;
  private final WorkerInfo peer;
  private final String function;
  private final Type resultType;
  private final ValueCodec codec;
  private final Promise<Object> promise;
  private final Duration limit;
  private final long startedNanos;
  private final AtomicReference<Fate> fate = new AtomicReference<>(Fate.UNDECIDED);
  private volatile Timeout timeout;
  private volatile Runnable atEnd;
  private volatile boolean ended;

  PendingCall(long callId, WorkerInfo peer, String function, Type resultType, ValueCodec codec,
              Promise<Object> promise, Duration limit) {
    this.callId = callId;
    this.peer = peer;
    this.function = function;
    this.resultType = resultType;
    this.codec = codec;
    this.promise = promise;
    this.limit = limit;
    this.startedNanos = System.nanoTime();
  }

  long callId() {
    return callId;
  }

  WorkerInfo peer() {
    return peer;
  }

  String function() {
    return function;
  }

  Type resultType() {
    return resultType;
  }

  /** What its arguments were encoded with, and its result will be. */
  ValueCodec codec() {
    return codec;
  }

  Promise<Object> promise() {
    return promise;
  }

  /** Its Future, failed: it never was under way. */
  <R> Future<R> refuse(RpcException why) {
    promise.fail(why);
    return future();
  }

  @SuppressWarnings("unchecked")
  <R> Future<R> future() {
    return (Future<R>) promise.future();
  }

  /** The time it was given, for messages. */
  Duration limit() {
    return limit;
  }

  Duration took() {
    return Duration.ofNanos(System.nanoTime() - startedNanos);
  }

  /** Its frame is about to be written: from here on the function may run. Not where the call was given up before. */
  boolean markWritten() {
    return fate.compareAndSet(Fate.UNDECIDED, Fate.WRITTEN);
  }

  /** Whether the function may have run; if not, it never will: the frame is not written any more. */
  boolean mayHaveRun() {
    return !fate.compareAndSet(Fate.UNDECIDED, Fate.GIVEN_UP) && fate.get() == Fate.WRITTEN;
  }

  void expireWith(Timeout timer) {
    timeout = timer;
    if (ended) {
      timer.cancel();
    }
  }

  boolean hasEnded() {
    return ended;
  }

  /** What gives back, when it ends, what it took when it began; set before it is opened. */
  void atEnd(Runnable giveBack) {
    atEnd = giveBack;
  }

  /** It has ended: nothing refers to it any more. */
  void end() {
    ended = true;
    Timeout timer = timeout;
    if (timer != null) {
      timer.cancel();
    }
    Runnable giveBack = atEnd;
    if (giveBack != null) {
      giveBack.run();
    }
  }

  /** What it is called in messages: function and number. */
  @Override
  public String toString() {
    return function + ", call " + callId;
  }
}
