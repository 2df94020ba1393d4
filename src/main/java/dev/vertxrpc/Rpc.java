package dev.vertxrpc;

import io.vertx.core.Future;

/**
 * One worker's view of its group. Misuse (a lambda where a method reference is wanted, a negative
 * timeout, a null) throws at once; everything else fails the Future, with an {@link RpcException}.
 * Every Future completes on the context of its caller. Thread-safe.
 */
public interface Rpc {
  /** This worker. */
  WorkerInfo self();

  /** The group as this worker knows it now. */
  Group group();

  /** The worker of that name, looked up at each call; an unknown one fails it: NO_SUCH_WORKER. */
  RemoteWorker on(String name);

  /** The worker of that rank, looked up at each call. */
  RemoteWorker on(int rank);

  /** That incarnation of a worker and no other: once it has gone, calls fail. */
  RemoteWorker on(WorkerInfo worker);

  /** A reference to a value of this worker's own, to hand out. Callable on it: what is {@link Remote}. */
  <T> RRef<T> own(T value);

  /** Rounds of the whole group. */
  Collectives collectives();

  /**
   * Waits for {@code future} and returns its value, or throws its failure. For virtual threads, the
   * threads that blocking functions run on, Vert.x worker threads and plain threads.
   *
   * @throws IllegalStateException at once, on an event loop
   */
  static <T> T await(Future<T> future) {
    return Await.await(future);
  }
}
