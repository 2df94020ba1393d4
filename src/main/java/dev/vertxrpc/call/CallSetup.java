package dev.vertxrpc.call;

import dev.vertxrpc.Rpc;
import dev.vertxrpc.wire.Endpoint;
import dev.vertxrpc.wire.Node;
import io.vertx.core.internal.ContextInternal;

/**
 * What {@link Calls} is built of. Immutable.
 *
 * @param context the worker's
 * @param executor where functions run that may block
 * @param rpc the worker itself, for the functions that it runs
 * @param failures how failures travel
 */
public record CallSetup(ContextInternal context, Node node, Endpoint endpoint, Application application,
                        BlockingExecutor executor, Limits limits, Rpc rpc, Failures failures) {
  Codecs codecs() {
    return application.codecs();
  }

  Decoder decoder() {
    return new Decoder(node.background(), context);
  }

  Listeners listener() {
    return application.listeners();
  }
}
