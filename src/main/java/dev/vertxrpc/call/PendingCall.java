package dev.vertxrpc.call;

import dev.vertxrpc.RpcException;
import dev.vertxrpc.WorkerInfo;
import dev.vertxrpc.codec.BulkRoom;
import dev.vertxrpc.codec.ValueCodec;
import dev.vertxrpc.wire.Frame;
import dev.vertxrpc.wire.Outgoing;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import java.lang.reflect.Type;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;

/**
 * One call that was made and has not ended: what it sends or waits for, where its arguments find room, what ends it,
 * and what it gives back when it ends. Thread-safe: what changes after it was opened is volatile, and whoever takes it
 * out of the table has it alone.
 */
final class PendingCall extends Deadlines.Entry implements Outgoing, BulkRoom, Nested {
  /** What becomes of its frame: one of the two, for ever. */
  private enum Fate { UNDECIDED, WRITTEN, GIVEN_UP }

  private static final AtomicReferenceFieldUpdater<PendingCall, Fate> FATE =
      AtomicReferenceFieldUpdater.newUpdater(PendingCall.class, Fate.class, "fate");

  private final Outbox outbox;
  private final long callId;
  private final WorkerInfo peer;
  private final String function;
  private final Type resultType;
  private final ValueCodec codec;
  private final Promise<Object> promise;
  private final Terms terms;
  /** The value of this worker's own that it waits for; null where it sends a frame. */
  private Subscription<Object> value;
  /** What cancels it; null where nothing does. */
  private Subscription<?> signal;
  private Frame frame;
  /** Null where it does not count. */
  private Traffic.Load load;
  private volatile Fate fate = Fate.UNDECIDED;
  private volatile boolean ended;

  PendingCall(Outbox outbox, long callId, WorkerInfo peer, String function, Type resultType, ValueCodec codec,
              Promise<Object> promise, Terms terms) {
    this.outbox = outbox;
    this.callId = callId;
    this.peer = peer;
    this.function = function;
    this.resultType = resultType;
    this.codec = codec;
    this.promise = promise;
    this.terms = terms;
  }

  @Override
  public Buffer claim(int bytes) {
    return outbox.lanes().claim(peer, bytes);
  }

  @Override
  public void giveBack(List<Buffer> copies) {
    outbox.lanes().giveBack(peer, copies);
  }

  /** It sends {@code question}. */
  PendingCall sends(Frame question) {
    frame = question;
    return this;
  }

  /** It waits for what {@code kept} comes to. */
  PendingCall awaits(Subscription<Object> kept) {
    value = kept;
    return this;
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

  Terms terms() {
    return terms;
  }

  /** What it sends; null where it waits for a value of this worker's own, or was let go. */
  @Override
  public Frame frame() {
    return frame;
  }

  /** How many bytes it sends, as far as that can be many. */
  long bytes() {
    return frame == null ? 0 : frame.bytes();
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

  /** Its frame is about to be written: from here on the function may run. Not where the call was given up before. */
  boolean markWritten() {
    return FATE.compareAndSet(this, Fate.UNDECIDED, Fate.WRITTEN);
  }

  /** Whether the function may have run; if not, it never will: the frame is not written any more. */
  boolean mayHaveRun() {
    return !FATE.compareAndSet(this, Fate.UNDECIDED, Fate.GIVEN_UP) && fate == Fate.WRITTEN;
  }

  /** Before it is opened: its signal, if it has one, is to cancel it. */
  void hearSignal() {
    if (terms.cancelOn().isPresent()) {
      signal = cancelledBy(terms.cancelOn().get());
    }
  }

  private <T> Subscription<T> cancelledBy(Future<T> future) {
    return Subscription.of(future, (done, failed) -> cancel("its signal completed"));
  }

  /** It was admitted to {@code traffic}, and counts there. */
  void counts(Traffic.Load traffic) {
    load = traffic;
  }

  /** It does not count any more. */
  void countsNoMore() {
    load.release(bytes());
  }

  /** It has come there, or never will: whoever keeps the call does not keep what it sent. */
  void letGo() {
    frame = null;
  }

  /** It has set out: waits for its own value, and for what would cancel it. */
  void listen() {
    if (value != null) {
      // The function that makes the value runs, or may have.
      markWritten();
      value.begin();
    }
    // Behind the call itself, which a cancellation must not overtake.
    if (terms.parent() != null && !terms.parent().enter(this)) {
      cancel("the call that it was made for was cancelled");
    }
    if (signal != null) {
      signal.begin();
    }
    // What it entered above it may have left before.
    if (ended) {
      leave();
    }
  }

  /** It has ended: nothing refers to it any more. */
  void end() {
    ended = true;
    if (load != null) {
      countsNoMore();
    }
    leave();
  }

  private void leave() {
    if (value != null) {
      value.end();
    }
    if (terms.parent() != null) {
      terms.parent().leave(this);
    }
    if (signal != null) {
      signal.end();
    }
  }

  @Override
  public void cancel(String why) {
    outbox.cancel(this, why);
  }

  @Override
  void expire() {
    outbox.expire(this);
  }

  // ---- what becomes of its frame

  @Override
  public boolean isWanted() {
    if (markWritten()) {
      return true;
    }
    outbox.takeBack(this);
    return false;
  }

  @Override
  public boolean failed(Throwable cause) {
    outbox.unwritable(this, cause);
    return true;
  }

  /** What it is called in messages: function and number. */
  @Override
  public String toString() {
    return function + ", call " + callId;
  }
}
