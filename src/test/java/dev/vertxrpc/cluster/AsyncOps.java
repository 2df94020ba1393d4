package dev.vertxrpc.cluster;

import dev.vertxrpc.CallContext;
import dev.vertxrpc.Remote;
import dev.vertxrpc.RemoteWorker;
import dev.vertxrpc.Rpc;
import dev.vertxrpc.testing.Gates;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.concurrent.atomic.AtomicInteger;

/** Functions about Futures, most of them made of calls to the next worker. Thread-safe. */
@Remote
public final class AsyncOps {
  private static final int MANY = 20;

  private AsyncOps() {}

  private static RemoteWorker on(String worker) {
    return CallContext.current().rpc().on(worker);
  }

  public static int add(int x, int y) {
    return x + y;
  }

  public static Future<Integer> after(String gate) {
    return Gates.opened(gate).map(open -> 42);
  }

  public static Future<Integer> thrown(String message) {
    throw new IllegalArgumentException(message);
  }

  public static Future<Integer> none(String any) {
    return null;
  }

  /** Not what it says, as only an unchecked cast can make it. */
  @SuppressWarnings({"unchecked", "rawtypes"})
  public static Future<Integer> other(String text) {
    return (Future) Future.succeededFuture(text);
  }

  /** A Future, which the signature does not tell. */
  public static Object hidden(String text) {
    return Future.succeededFuture(text);
  }

  public static int take(Future<Integer> value) {
    return value.result();
  }

  /** Lets the library throw. */
  public static int parsed(String number) {
    return Integer.parseInt(number);
  }

  public static Future<Integer> promised(String next) {
    Promise<Integer> sum = Promise.promise();
    on(next).call(AsyncOps::add, 1, 2).onSuccess(three -> sum.complete(three + 3)).onFailure(sum::fail);
    return sum.future();
  }

  public static Future<Integer> promisedByTwo(String next) {
    Promise<Integer> sum = Promise.promise();
    on(next).call(AsyncOps::add, 1, 2)
        .onSuccess(three -> on(next).call(AsyncOps::add, three, 4)
            .onSuccess(sum::complete).onFailure(sum::fail))
        .onFailure(sum::fail);
    return sum.future();
  }

  public static Future<Integer> derived(String next) {
    return on(next).call(AsyncOps::add, 1, 2).map(three -> three + 3);
  }

  /** Through an asynchronous function of the next worker, which calls the caller. */
  public static Future<Integer> derivedFurther(String next) {
    return on(next).call(AsyncOps::derived, CallContext.current().caller().name()).map(six -> six * 10);
  }

  public static Future<Integer> chained(String next) {
    Future<Integer> sum = on(next).call(AsyncOps::add, 1, 2);
    for (int i = 0; i < MANY; i++) {
      sum = sum.map(before -> before + 1);
    }
    return sum;
  }

  public static Future<Integer> gathered(String next) {
    Promise<Integer> sum = Promise.promise();
    AtomicInteger total = new AtomicInteger();
    AtomicInteger missing = new AtomicInteger(MANY);
    for (int i = 0; i < MANY; i++) {
      on(next).call(AsyncOps::add, i, 1).onFailure(sum::tryFail).onSuccess(one -> {
        total.addAndGet(one);
        if (missing.decrementAndGet() == 0) {
          sum.complete(total.get());
        }
      });
    }
    return sum.future();
  }

  public static Future<Integer> composed(String next) {
    return on(next).call(AsyncOps::add, 1, 2).compose(three -> on(next).call(AsyncOps::add, three, 4));
  }

  /** Waits for what a callback makes of a call's result. */
  public static int awaited(String next) {
    return Rpc.await(on(next).call(AsyncOps::add, 1, 2).map(three -> three + 3));
  }
}
