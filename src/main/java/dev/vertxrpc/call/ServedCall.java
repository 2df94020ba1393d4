package dev.vertxrpc.call;

import dev.vertxrpc.CallContext;
import dev.vertxrpc.Rpc;
import dev.vertxrpc.WorkerInfo;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Optional;

/** A call that this worker serves, as its function sees it. Immutable. */
record ServedCall(Rpc rpc, Vertx vertx, WorkerInfo caller, Deadline deadline, long callId, long rootCallId,
                  long arrivedNanos) implements CallContext {
  @Override
  public Optional<Duration> remaining() {
    return deadline.remaining();
  }

  Duration took() {
    return Duration.ofNanos(System.nanoTime() - arrivedNanos);
  }
}
