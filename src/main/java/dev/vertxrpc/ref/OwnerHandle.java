package dev.vertxrpc.ref;

import dev.vertxrpc.CallOptions;
import dev.vertxrpc.RRef;
import dev.vertxrpc.RpcException;
import dev.vertxrpc.RpcFailure;
import dev.vertxrpc.WorkerInfo;
import dev.vertxrpc.call.Calls;
import dev.vertxrpc.function.MethodReference;
import io.vertx.core.Future;
import java.lang.reflect.Type;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A handle at the worker that keeps the value: it reads the value where it is; its calls go the whole way,
 * as those of others do. Thread-safe.
 */
final class OwnerHandle implements Handle {
  private final Refs refs;
  private final OwnedValue value;
  private final AtomicBoolean closed = new AtomicBoolean();

  OwnerHandle(Refs refs, OwnedValue value) {
    this.refs = refs;
    this.value = value;
  }

  OwnedValue value() {
    return value;
  }

  @Override
  public Refs refs() {
    return refs;
  }

  @Override
  public WorkerInfo owner() {
    return refs.self();
  }

  @Override
  public boolean isOwner() {
    return true;
  }

  @Override
  public boolean isConfirmed() {
    return true;
  }

  @Override
  public Future<Void> confirmed() {
    return Future.succeededFuture();
  }

  @Override
  public <T> Future<T> fetch(Type type, CallOptions options) {
    return refs.calls().fetchHere(value.value(), options);
  }

  @Override
  public Future<String> type(CallOptions options) {
    Future<Object> made = value.value();
    return made.succeeded() ? refs.completed(Calls.nameOfClass(made.result()))
        : refs.calls().fetchHere(made, options).map(Calls::nameOfClass);
  }

  @Override
  public Object localValue() {
    Future<Object> made = value.value();
    if (!made.isComplete()) {
      throw new IllegalStateException("the function that makes " + this + " still runs: use toHere()");
    }
    if (made.failed()) {
      throw refs.calls().restored((RpcException) made.cause());
    }
    return made.result();
  }

  @Override
  public <R> Future<R> call(MethodReference method, Object[] arguments, CallOptions options) {
    return refs.calls().call(owner(), method, Optional.of(value.id()), arguments, options);
  }

  @Override
  public <R> RRef<R> remote(MethodReference method, Object[] arguments, CallOptions options) {
    return refs.remote(owner(), method, Optional.of(value.id()), arguments, options);
  }

  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      refs.tables().close(value);
    }
  }

  @Override
  public void check() {
    if (closed.get()) {
      throw RpcException.of(RpcFailure.REF_RELEASED, this + " was closed");
    }
  }

  @Override
  public String toString() {
    return value.id() + " here on " + owner();
  }
}
