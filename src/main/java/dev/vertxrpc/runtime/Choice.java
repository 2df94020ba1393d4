package dev.vertxrpc.runtime;

import dev.vertxrpc.WorkerInfo;
import java.util.function.Supplier;

/**
 * Whom calls go to, found anew at each of them. Immutable.
 *
 * @param what who that is, for people: the kind of worker
 * @param which and which one of that kind; the text of both is made only where it is needed
 * @param lookUp throws an RpcException where it finds nobody
 */
record Choice(String what, Object which, Supplier<WorkerInfo> lookUp) {
  WorkerInfo worker() {
    return lookUp.get();
  }

  @Override
  public String toString() {
    return what + which;
  }
}
