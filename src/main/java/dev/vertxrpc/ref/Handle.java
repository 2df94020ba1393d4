package dev.vertxrpc.ref;

import dev.vertxrpc.CallOptions;
import dev.vertxrpc.RRef;
import dev.vertxrpc.RpcException;
import dev.vertxrpc.WorkerInfo;
import dev.vertxrpc.function.MethodReference;
import io.vertx.core.Future;
import java.lang.reflect.Type;

/** What one RRef does, at the owner or elsewhere; its views share it. Thread-safe. */
interface Handle {
  WorkerInfo owner();

  boolean isOwner();

  boolean isConfirmed();

  /** Completes on the worker's context. */
  Future<Void> confirmed();

  <T> Future<T> fetch(Type type, CallOptions options);

  /** The name of the value's class. */
  Future<String> type(CallOptions options);

  Object localValue();

  <R> Future<R> call(MethodReference method, Object[] arguments, CallOptions options);

  <R> RRef<R> remote(MethodReference method, Object[] arguments, CallOptions options);

  /** Releases it; twice is once. */
  void close();

  /** Throws REF_RELEASED or OWNER_LOST where it is of no use. */
  void check() throws RpcException;

  /** Whose it is: a reference travels with the calls of its own worker only. */
  Refs refs();
}
