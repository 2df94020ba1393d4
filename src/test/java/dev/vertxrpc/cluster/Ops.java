package dev.vertxrpc.cluster;

import dev.vertxrpc.CallContext;
import dev.vertxrpc.RRef;
import dev.vertxrpc.Remote;
import dev.vertxrpc.Rpc;
import io.vertx.core.Future;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Functions that the tests call. Thread-safe. */
@Remote
public final class Ops {
  private static final AtomicInteger LOGGED = new AtomicInteger();

  private Ops() {}

  public static double[] add(double[] x, double[] y) {
    double[] sum = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      sum[i] = x[i] + y[i];
    }
    return sum;
  }

  public static Future<String> greet(String who) {
    String self = CallContext.current().rpc().self().name();
    return Future.succeededFuture("hello " + who + " from " + self);
  }

  public static void log(String line) {
    LOGGED.incrementAndGet();
  }

  public static int fail(String message) {
    throw new IllegalStateException(message);
  }

  /** Calls on to the next worker, waiting. */
  public static String via(String next, String who) {
    return Rpc.await(CallContext.current().rpc().on(next).call(Ops::greet, who));
  }

  public static int bump(RRef<Counter> counter, int by) {
    try (counter) {
      return Rpc.await(counter.call(Counter::add, by));
    }
  }

  public static RRef<Counter> pass(RRef<Counter> counter) {
    return counter;
  }

  public static List<Integer> counts(List<RRef<Counter>> counters) {
    return counters.stream().map(counter -> Rpc.await(counter.call(Counter::get))).toList();
  }
}
