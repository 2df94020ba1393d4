package dev.vertxrpc.runtime;

import dev.vertxrpc.CallOptions;
import dev.vertxrpc.RRef;
import dev.vertxrpc.RemoteObject;
import dev.vertxrpc.call.ObjectSyntax;
import dev.vertxrpc.function.MethodReference;
import dev.vertxrpc.wire.ObjectId;
import dev.vertxrpc.wire.ServiceId;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.Optional;

/**
 * An object that is served under an interface, by a worker that is looked up anew at each call. Immutable.
 *
 * @param <T> the interface
 */
final class ServiceTarget<T> extends ObjectSyntax<T> {
  private final WorkerRpc rpc;
  private final Choice choice;
  private final Class<T> api;
  private final ServiceId service;
  private final Optional<ObjectId> target;
  private final CallOptions options;

  ServiceTarget(WorkerRpc rpc, Choice choice, Class<T> api, ServiceId service, CallOptions options) {
    this.rpc = rpc;
    this.choice = choice;
    this.api = api;
    this.service = service;
    this.target = Optional.of(service);
    this.options = options;
  }

  @Override
  public RemoteObject<T> with(CallOptions others) {
    return new ServiceTarget<>(rpc, choice, api, service, others);
  }

  @Override
  public RemoteObject<T> withTimeout(Duration timeout) {
    return with(options.withTimeout(timeout));
  }

  @Override
  public <S> S proxy(Class<S> as) {
    if (!as.isAssignableFrom(api)) {
      throw new IllegalArgumentException(as.getName() + " is not " + api.getName() + ", nor what that extends, and no"
          + " other methods of the " + this + " may be called");
    }
    return super.proxy(as);
  }

  @Override
  protected <R> Future<R> callMethod(MethodReference method, Object[] arguments) {
    return rpc.call(choice, method, target, arguments, options);
  }

  @Override
  protected <R> RRef<R> remoteMethod(MethodReference method, Object[] arguments) {
    return rpc.remote(choice, method, target, arguments, options);
  }

  @Override
  public String toString() {
    return "service " + service + " of " + choice;
  }
}
