package dev.vertxrpc.call;

import dev.vertxrpc.RpcException;
import dev.vertxrpc.WorkerInfo;
import io.vertx.core.Completable;
import java.lang.reflect.Type;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;

/** A caller that waits for a kept value which is still being made. Thread-safe. */
final class ServedFetch implements Abandonable, Completable<Object> {
  private final Responder responder;
  private final WorkerInfo from;
  private final long callId;
  private final Receivers.Receiver kept;
  private final BiConsumer<Type, Object> reply;
  private final Subscription<Object> subscription;
  private final AtomicBoolean ended = new AtomicBoolean();

  ServedFetch(Responder responder, WorkerInfo from, long callId, Receivers.Receiver kept,
              BiConsumer<Type, Object> reply) {
    this.responder = responder;
    this.from = from;
    this.callId = callId;
    this.kept = kept;
    this.reply = reply;
    this.subscription = Subscription.of(kept.value(), this);
  }

  void start() {
    subscription.begin();
  }

  @Override
  public void complete(Object value, Throwable failure) {
    if (!ended.compareAndSet(false, true)) {
      return;
    }
    if (failure == null) {
      reply.accept(kept.type(), value);
    } else {
      responder.replies().failure(from, callId, (RpcException) failure);
    }
    end();
  }

  private void end() {
    kept.end();
    responder.fetched(from, callId, this);
  }

  @Override
  public boolean outlivesCaller() {
    return false;
  }

  /** Leaves nothing behind at a value that may never come. */
  @Override
  public void cancel(String why) {
    if (ended.compareAndSet(false, true)) {
      subscription.end();
      end();
    }
  }
}
