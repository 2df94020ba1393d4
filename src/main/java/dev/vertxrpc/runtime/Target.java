package dev.vertxrpc.runtime;

import dev.vertxrpc.CallOptions;
import dev.vertxrpc.RRef;
import dev.vertxrpc.RemoteWorker;
import dev.vertxrpc.RpcException;
import dev.vertxrpc.WorkerInfo;
import dev.vertxrpc.call.MethodReference;
import dev.vertxrpc.call.WorkerSyntax;
import dev.vertxrpc.wire.FunctionName;
import io.vertx.core.Future;
import java.io.Serializable;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/** A worker to be called, looked up anew at each call, which may find nobody. Immutable. */
final class Target extends WorkerSyntax {
  private final WorkerRpc rpc;
  private final Supplier<WorkerInfo> worker;
  private final CallOptions options;

  Target(WorkerRpc rpc, Supplier<WorkerInfo> worker, CallOptions options) {
    this.rpc = rpc;
    this.worker = worker;
    this.options = options;
  }

  @Override
  public RemoteWorker with(CallOptions others) {
    return new Target(rpc, worker, others);
  }

  @Override
  public RemoteWorker withTimeout(Duration timeout) {
    return with(options.withTimeout(timeout));
  }

  @Override
  protected <R> Future<R> invoke(Serializable reference, Object... arguments) {
    MethodReference function = function(reference);
    try {
      return rpc.parts().calls().call(worker.get(), function, Optional.empty(), arguments, options);
    } catch (RpcException nobody) {
      return rpc.parts().calls().failed(function.text(), nobody);
    }
  }

  @Override
  protected <R> RRef<R> invokeRemote(Serializable reference, Object... arguments) {
    MethodReference function = function(reference);
    try {
      return rpc.parts().refs().remote(worker.get(), function, Optional.empty(), arguments, options);
    } catch (RpcException nobody) {
      return rpc.parts().refs().failed(function, nobody);
    }
  }

  private static MethodReference function(Serializable reference) {
    MethodReference function = MethodReference.of(reference);
    if (function.name().kind() == FunctionName.Kind.METHOD) {
      throw new IllegalArgumentException(function + " is a method, and a worker has no object to call it on: "
          + "call it on an RRef, or write a static method that takes the object");
    }
    return function;
  }
}
