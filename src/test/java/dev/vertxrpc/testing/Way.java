package dev.vertxrpc.testing;

import dev.vertxrpc.AsyncFn1;
import dev.vertxrpc.Fn1;
import dev.vertxrpc.RRef;
import dev.vertxrpc.RemoteWorker;
import dev.vertxrpc.Rpc;
import io.vertx.core.Future;
import java.util.function.Supplier;

/** The three ways to have a function run elsewhere and to get what it makes. Immutable. */
public enum Way {
  /** Called, and waited for. */
  AWAITED,
  /** Called. */
  CALLED,
  /** Kept there, and fetched. */
  FETCHED;

  @SuppressWarnings("overloads")
  public <A, R> Future<R> run(RemoteWorker worker, AsyncFn1<A, R> function, A a) {
    return run(() -> worker.call(function, a), () -> worker.remote(function, a));
  }

  @SuppressWarnings("overloads")
  public <A, R> Future<R> run(RemoteWorker worker, Fn1<A, R> function, A a) {
    return run(() -> worker.call(function, a), () -> worker.remote(function, a));
  }

  /** The same of anything that can be called and kept. */
  public <R> Future<R> run(Supplier<Future<R>> call, Supplier<RRef<R>> remote) {
    return switch (this) {
      case AWAITED -> awaited(call.get());
      case CALLED -> call.get();
      case FETCHED -> fetched(remote.get());
    };
  }

  private static <R> Future<R> awaited(Future<R> call) {
    try {
      return Future.succeededFuture(Rpc.await(call));
    } catch (RuntimeException failure) {
      return Future.failedFuture(failure);
    }
  }

  private static <R> Future<R> fetched(RRef<R> kept) {
    return kept.toHere().onComplete(done -> kept.close());
  }
}
