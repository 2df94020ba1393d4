package dev.vertxrpc.runtime;

import dev.vertxrpc.CallOptions;
import dev.vertxrpc.RRef;
import dev.vertxrpc.RemoteObject;
import dev.vertxrpc.RemoteWorker;
import dev.vertxrpc.call.WorkerSyntax;
import dev.vertxrpc.function.MethodReference;
import dev.vertxrpc.wire.FunctionName;
import io.vertx.core.Future;
import java.io.Serializable;
import java.time.Duration;
import java.util.Optional;

/** A worker to be called, looked up anew at each call, which may find nobody. Immutable. */
final class Target extends WorkerSyntax {
  private final WorkerRpc rpc;
  private final Choice choice;
  private final CallOptions options;

  Target(WorkerRpc rpc, Choice choice, CallOptions options) {
    this.rpc = rpc;
    this.choice = choice;
    this.options = options;
  }

  @Override
  public RemoteWorker with(CallOptions others) {
    return new Target(rpc, choice, others);
  }

  @Override
  public RemoteWorker withTimeout(Duration timeout) {
    return with(options.withTimeout(timeout));
  }

  @Override
  public <T> RemoteObject<T> service(Class<T> api, String name) {
    return new ServiceTarget<>(rpc, choice, api, WorkerRpc.serviceId(api, name), options);
  }

  @Override
  protected <R> Future<R> invoke(Serializable reference, Object... arguments) {
    return rpc.call(choice, function(reference), Optional.empty(), arguments, options);
  }

  @Override
  protected <R> RRef<R> invokeRemote(Serializable reference, Object... arguments) {
    return rpc.remote(choice, function(reference), Optional.empty(), arguments, options);
  }

  private static MethodReference function(Serializable reference) {
    MethodReference function = MethodReference.of(reference);
    if (function.name().kind() == FunctionName.Kind.METHOD) {
      throw new IllegalArgumentException(function + " is a method, and a worker has no object to call it on: "
          + "call it on an RRef or a service, or write a static method that takes the object");
    }
    return function;
  }

  @Override
  public String toString() {
    return choice.toString();
  }
}
