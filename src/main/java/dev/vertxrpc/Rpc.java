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

  /**
   * Any worker that has {@code role}, picked at each call: of the living the one that this worker waits for least, in
   * turn among equals. Nobody has it: the call fails with NO_SUCH_WORKER.
   */
  RemoteWorker any(String role);

  /**
   * The object that is served as {@code api}, by a worker that is picked at each call as in {@link #any}. Callable on
   * it are the methods of {@code api}.
   *
   * @throws IllegalArgumentException if {@code api} is no public interface
   */
  default <T> RemoteObject<T> service(Class<T> api) {
    return service(api, "");
  }

  /** The same, of those that serve one under that name. */
  <T> RemoteObject<T> service(Class<T> api, String name);

  /** Short for {@code service(api).proxy(api)}: picks a worker at each call of a method. */
  default <T> T proxy(Class<T> api) {
    return service(api).proxy(api);
  }

  /** A reference to a value of this worker's own, to hand out. Callable on it: what is {@link Remote}. */
  <T> RRef<T> own(T value);

  /**
   * The same, but callable on it are the methods of {@code api}, all of them and nothing else.
   *
   * @throws IllegalArgumentException if {@code api} is no public interface, or {@code value} has not its methods
   */
  <T> RRef<T> own(Class<T> api, T value);

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
