package dev.vertxrpc.runtime;

import dev.vertxrpc.RpcFailure;
import dev.vertxrpc.WorkerInfo;

/** Has workers die, and tells others what a cluster would tell them. */
public final class Losses {
  private Losses() {}

  /**
   * Has {@code worker} fall silent for good, as one whose process was killed. Whether it could: before it has a name
   * nobody knows of it.
   */
  public static boolean kill(RpcWorker worker) {
    if (worker.debugInfo().isEmpty()) {
      return false;
    }
    worker.placed().endpoint().close();
    return true;
  }

  /** Has {@code worker} take {@code lost} for crashed. */
  public static void tell(RpcWorker worker, WorkerInfo lost) {
    worker.placed().endpoint().gone(lost, RpcFailure.WORKER_LOST, "its process is gone");
  }
}
