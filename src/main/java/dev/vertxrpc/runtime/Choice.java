package dev.vertxrpc.runtime;

import dev.vertxrpc.WorkerInfo;
import java.util.function.Supplier;

/**
 * Whom calls go to, found anew at each of them. Immutable.
 *
 * @param text who that is, for people
 * @param lookUp throws an RpcException where it finds nobody
 */
record Choice(String text, Supplier<WorkerInfo> lookUp) {
  WorkerInfo worker() {
    return lookUp.get();
  }

  @Override
  public String toString() {
    return text;
  }
}
