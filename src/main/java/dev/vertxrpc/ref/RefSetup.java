package dev.vertxrpc.ref;

import dev.vertxrpc.RpcListener;
import dev.vertxrpc.WorkerInfo;
import dev.vertxrpc.call.ApplicationObjects;
import dev.vertxrpc.call.BlockingExecutor;
import dev.vertxrpc.call.Calls;
import dev.vertxrpc.wire.Endpoint;
import dev.vertxrpc.wire.Timers;
import io.vertx.core.internal.ContextInternal;
import java.util.Optional;
import java.util.function.LongFunction;

/**
 * What {@link Refs} is built of. Immutable.
 *
 * @param timers on the worker's context
 * @param executor for what closes values
 * @param objects what is never closed
 * @param members finds the member of that incarnation
 */
public record RefSetup(Timers timers, Endpoint endpoint, Calls calls, BlockingExecutor executor,
                       ApplicationObjects objects, RpcListener listener,
                       LongFunction<Optional<WorkerInfo>> members, RefOptions options) {
  ContextInternal context() {
    return timers.context();
  }
}
