package dev.vertxrpc.ref;

import dev.vertxrpc.CallOptions;
import dev.vertxrpc.RRef;
import dev.vertxrpc.RpcException;
import dev.vertxrpc.RpcFailure;
import dev.vertxrpc.WorkerInfo;
import dev.vertxrpc.function.MethodReference;
import io.vertx.core.Future;
import java.lang.reflect.Type;
import java.util.Optional;

/** A handle to a value that another worker keeps. Thread-safe. */
final class UserHandle implements Handle {
  private final Refs refs;
  private final HeldFork fork;
  /** Of the value, once it was asked for. */
  private volatile String type;

  UserHandle(Refs refs, HeldFork fork) {
    this.refs = refs;
    this.fork = fork;
  }

  HeldFork fork() {
    return fork;
  }

  @Override
  public Refs refs() {
    return refs;
  }

  @Override
  public WorkerInfo owner() {
    if (fork.owner() == null) {
      throw fork.failure();
    }
    return fork.owner();
  }

  @Override
  public boolean isOwner() {
    return false;
  }

  @Override
  public boolean isConfirmed() {
    return fork.isConfirmed();
  }

  @Override
  public Future<Void> confirmed() {
    return fork.confirmed().future();
  }

  @Override
  public <T> Future<T> fetch(Type type, CallOptions options) {
    return refs.calls().fetch(owner(), fork.fork().ref(), type, options);
  }

  @Override
  public Future<String> type(CallOptions options) {
    String known = type;
    return known != null ? refs.completed(known)
        : refs.calls().describe(owner(), fork.fork().ref(), options).onSuccess(name -> type = name);
  }

  @Override
  public Object localValue() {
    throw new IllegalStateException(this + " is kept on " + owner() + ", not on " + refs.self()
        + ": use toHere() for a copy");
  }

  @Override
  public <R> Future<R> call(MethodReference method, Object[] arguments, CallOptions options) {
    return refs.calls().call(owner(), method, Optional.of(fork.fork().ref()), arguments, options);
  }

  @Override
  public <R> RRef<R> remote(MethodReference method, Object[] arguments, CallOptions options) {
    return refs.remote(owner(), method, Optional.of(fork.fork().ref()), arguments, options);
  }

  @Override
  public void close() {
    refs.tables().close(fork);
  }

  @Override
  public void check() {
    if (fork.isClosed()) {
      throw RpcException.of(RpcFailure.REF_RELEASED, this + " was closed");
    }
    if (fork.failure() != null) {
      throw fork.failure();
    }
  }

  @Override
  public String toString() {
    return fork.fork().ref() + " on " + fork.owner() + ", fork " + fork.fork().id();
  }
}
