package dev.vertxrpc.wire;

import dev.vertxrpc.RpcFailure;
import dev.vertxrpc.WorkerInfo;

/** Told, on the worker's context, that a peer is gone. */
@FunctionalInterface
public interface LossListener {
  /**
   * Nothing more will come from {@code peer}, and nothing sent to it will be answered.
   *
   * @param reason WORKER_LEFT, WORKER_LOST, or PROTOCOL for a peer of another version
   * @param message what happened, for people
   */
  void gone(WorkerInfo peer, RpcFailure reason, String message);
}
