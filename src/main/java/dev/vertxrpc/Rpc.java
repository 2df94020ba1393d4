package dev.vertxrpc;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import java.time.Duration;
import java.util.function.Consumer;

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

  /**
   * Tells {@code handler}, in place of the one before, who joins and who goes from now on: each change once and in
   * order, on the worker's event loop. In it {@link #group()} is at least as new as the change's group. What it throws
   * is logged. Null: nobody is told.
   */
  Rpc groupHandler(Handler<GroupChange> handler);

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

  /**
   * A reference to a value of this worker's own, to hand out. Callable on it: what is {@link Remote}.
   *
   * @throws RpcException NOT_JOINED once this worker has left its group
   */
  <T> RRef<T> own(T value);

  /**
   * The same, but callable on it are the methods of {@code api}, all of them and nothing else.
   *
   * @throws IllegalArgumentException if {@code api} is no public interface, or {@code value} has not its methods
   * @throws RpcException NOT_JOINED once this worker has left its group
   */
  <T> RRef<T> own(Class<T> api, T value);

  /**
   * Has {@code calls} make calls through the Rpc that it is handed, and completes when all of them have ended: those of
   * {@code call} and of proxies, through it and whatever was got from it, not those of RRefs. Fails as {@code calls}
   * throws or, if it does not, as the first of the calls that failed, in the order they were made; in either case when
   * all that were made have ended. A {@code waitAll} on the Rpc handed in counts as one of its calls. Calls that are
   * made through it after {@code calls} has returned are not waited for.
   */
  Future<Void> waitAll(Consumer<Rpc> calls);

  /** The time that a call gets which brings none of its own; {@link Duration#ZERO}: no limit. */
  Duration callTimeout();

  /**
   * Sets that for the calls of this worker that are made from now on; {@link Duration#ZERO}: no limit.
   *
   * @throws IllegalArgumentException if it is negative
   */
  Rpc callTimeout(Duration timeout);

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
