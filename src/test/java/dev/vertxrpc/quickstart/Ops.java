package dev.vertxrpc.quickstart;

import dev.vertxrpc.CallContext;
import dev.vertxrpc.Remote;
import io.vertx.core.Future;

// [functions]
@Remote                                        // nothing is callable unless it says so
public final class Ops {
  public static double[] add(double[] x, double[] y) {      // may block: runs on a thread of its own
    double[] sum = x.clone();
    for (int i = 0; i < sum.length; i++) {
      sum[i] += y[i];
    }
    return sum;
  }

  public static Future<String> greet(String who) {          // never blocks: runs on the event loop
    return Future.succeededFuture("hello " + who + " from " + CallContext.current().rpc().self().name());
  }
}
// [end]
