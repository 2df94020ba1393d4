package dev.vertxrpc.runtime;

import dev.vertxrpc.RpcFailure;
import dev.vertxrpc.WorkerInfo;

/** Tells workers what a cluster would tell them. */
public final class Losses {
  private Losses() {}

  /** Has {@code worker} take {@code lost} for crashed. */
  public static void tell(RpcWorker worker, WorkerInfo lost) {
    worker.placed().endpoint().gone(lost, RpcFailure.WORKER_LOST, "its process is gone");
  }
}
