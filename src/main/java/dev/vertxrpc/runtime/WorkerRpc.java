package dev.vertxrpc.runtime;

import dev.vertxrpc.CallOptions;
import dev.vertxrpc.Collectives;
import dev.vertxrpc.Group;
import dev.vertxrpc.RRef;
import dev.vertxrpc.RemoteWorker;
import dev.vertxrpc.Rpc;
import dev.vertxrpc.RpcException;
import dev.vertxrpc.RpcFailure;
import dev.vertxrpc.WorkerInfo;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** A worker's view of its group, over the parts that do the work. Thread-safe. */
final class WorkerRpc implements Rpc {
  private final WorkerInfo self;
  private volatile Parts parts;

  WorkerRpc(WorkerInfo self) {
    this.self = self;
  }

  /** The parts need this object to be built; it gets them when they are. */
  void over(Parts built) {
    parts = built;
  }

  Parts parts() {
    return parts;
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
  public RemoteWorker on(String name) {
    return remote(group -> group.worker(name), () -> "no worker named " + name);
  }

  @Override
  public RemoteWorker on(int rank) {
    return remote(group -> group.worker(rank), () -> "no worker of rank " + rank);
  }

  @Override
  public RemoteWorker on(WorkerInfo worker) {
    return new Target(this, () -> {
      RpcException gone = parts.endpoint().whyGone(worker);
      if (gone != null) {
        throw gone;
      }
      return parts.membership().worker(worker.incarnation()).orElseThrow(() ->
          RpcException.of(RpcFailure.WORKER_LEFT, worker + " is not in group " + group().name()
              + " any more, or never was").at(worker));
    }, CallOptions.create());
  }

  private RemoteWorker remote(Function<Group, Optional<WorkerInfo>> find, Supplier<String> nobody) {
    return new Target(this, () -> {
      Group group = group();
      return find.apply(group).orElseThrow(() -> RpcException.of(RpcFailure.NO_SUCH_WORKER,
          nobody.get() + " is in group " + group.name() + ", which has " + group.workers()));
    }, CallOptions.create());
  }

  @Override
  public <T> RRef<T> own(T value) {
    return parts.refs().own(value);
  }

  @Override
  public Collectives collectives() {
    return parts.collectives();
  }
}
