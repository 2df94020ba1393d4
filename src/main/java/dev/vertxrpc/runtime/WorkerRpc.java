package dev.vertxrpc.runtime;

import static java.util.Objects.requireNonNull;

import dev.vertxrpc.CallOptions;
import dev.vertxrpc.Collectives;
import dev.vertxrpc.Group;
import dev.vertxrpc.GroupChange;
import dev.vertxrpc.RRef;
import dev.vertxrpc.RemoteObject;
import dev.vertxrpc.RemoteWorker;
import dev.vertxrpc.Rpc;
import dev.vertxrpc.RpcException;
import dev.vertxrpc.WorkerInfo;
import dev.vertxrpc.function.Interfaces;
import dev.vertxrpc.function.MethodReference;
import dev.vertxrpc.wire.ObjectId;
import dev.vertxrpc.wire.ServiceId;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/** A worker's view of its group, over the parts that do the work. Thread-safe. */
final class WorkerRpc implements Rpc {
  private final WorkerInfo self;
  /** Is told of each call that is made through this object. */
  private final Consumer<Future<?>> made;
  private volatile Parts parts;

  WorkerRpc(WorkerInfo self) {
    this(self, call -> { }, null);
  }

  private WorkerRpc(WorkerInfo self, Consumer<Future<?>> made, Parts parts) {
    this.self = self;
    this.made = made;
    this.parts = parts;
  }

  /** The parts need this object to be built; it gets them when they are. */
  void over(Parts built) {
    parts = built;
  }

  @Override
  public WorkerInfo self() {
    return self;
  }

  @Override
  public Group group() {
    return parts.membership().group();
  }

  @Override
  public Rpc groupHandler(Handler<GroupChange> handler) {
    parts.membership().groupHandler(handler);
    return this;
  }

  @Override
  public RemoteWorker on(String name) {
    return worker(parts.directory().named(name));
  }

  @Override
  public RemoteWorker on(int rank) {
    return worker(parts.directory().ranked(rank));
  }

  @Override
  public RemoteWorker on(WorkerInfo worker) {
    return worker(parts.directory().exactly(worker));
  }

  @Override
  public RemoteWorker any(String role) {
    return worker(parts.directory().any(role));
  }

  private RemoteWorker worker(Choice choice) {
    return new Target(this, choice, CallOptions.create());
  }

  @Override
  public <T> RemoteObject<T> service(Class<T> api, String name) {
    ServiceId service = serviceId(api, name);
    return new ServiceTarget<>(this, parts.directory().serving(service), api, service, CallOptions.create());
  }

  /** What names the object that is served as {@code api}. */
  static ServiceId serviceId(Class<?> api, String name) {
    Interfaces.require(api, "name the interface that it is served as");
    return new ServiceId(api.getName(), name);
  }

  @Override
  public <T> RRef<T> own(T value) {
    return parts.refs().own(value);
  }

  @Override
  public <T> RRef<T> own(Class<T> api, T value) {
    return parts.refs().own(api, value);
  }

  @Override
  public Collectives collectives() {
    return parts.collectives();
  }

  @Override
  public Future<Void> waitAll(Consumer<Rpc> calls) {
    requireNonNull(calls, "calls");
    CallScope scope = new CallScope(parts.calls().watched("waitAll"));
    Future<Void> all = scope.run(() -> calls.accept(new WorkerRpc(self, scope::add, parts)));
    made.accept(all);
    return all;
  }

  @Override
  public Duration callTimeout() {
    return parts.calls().timeout();
  }

  @Override
  public Rpc callTimeout(Duration timeout) {
    parts.calls().timeout(timeout);
    return this;
  }

  /** Calls a function of whom {@code choice} finds, or with a {@code target} a method of that object. */
  <R> Future<R> call(Choice choice, MethodReference function, Optional<ObjectId> target, Object[] arguments,
                     CallOptions options) {
    Future<R> call;
    try {
      call = parts.calls().call(choice.worker(), function, target, arguments, options);
    } catch (RpcException nobody) {
      call = parts.calls().failed(function.text(), nobody);
    }
    made.accept(call);
    return call;
  }

  /** The same, leaving the result where it is made. */
  <R> RRef<R> remote(Choice choice, MethodReference function, Optional<ObjectId> target, Object[] arguments,
                     CallOptions options) {
    try {
      return parts.refs().remote(choice.worker(), function, target, arguments, options);
    } catch (RpcException nobody) {
      return parts.refs().failed(function, nobody);
    }
  }
}
