package dev.vertxrpc.runtime;

/** Waits for what workers do on threads of their own. */
public final class Threads {
  private Threads() {}

  /** Returns when nothing runs on a thread of {@code worker}'s that may block. */
  public static void awaitIdle(RpcWorker worker) {
    while (worker.placed() != null && !worker.placed().executor().isIdle()) {
      Thread.onSpinWait();
    }
  }
}
