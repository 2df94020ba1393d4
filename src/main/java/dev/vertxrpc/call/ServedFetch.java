package dev.vertxrpc.call;

import dev.vertxrpc.RpcException;
import io.vertx.core.Completable;
import java.lang.reflect.Type;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;

/** A caller that waits for a kept value which is still being made. Thread-safe. */
final class ServedFetch implements Abandonable, Completable<Object> {
  private final Responder responder;
  private final Caller caller;
  private final long callId;
  private final Receivers.Receiver kept;
  private final BiConsumer<Type, Object> reply;
  private final Subscription<Object> subscription;
  private final AtomicBoolean ended = new AtomicBoolean();

  ServedFetch(Responder responder, Caller caller, long callId, Receivers.Receiver kept,
              BiConsumer<Type, Object> reply) {
    this.responder = responder;
    this.caller = caller;
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
    try {
      if (failure == null) {
        reply.accept(kept.type(), value);
      } else {
        responder.replies().failure(caller.worker(), callId, (RpcException) failure);
      }
    } finally {
      end();
    }
  }

  private void end() {
    kept.end();
    responder.fetched(caller, callId, this);
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
