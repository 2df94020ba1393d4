package dev.vertxrpc.call;

import dev.vertxrpc.Rpc;
import dev.vertxrpc.RpcListener;
import dev.vertxrpc.wire.Endpoint;
import dev.vertxrpc.wire.Node;
import io.vertx.core.internal.ContextInternal;
import java.time.Duration;

/**
 * What {@link Calls} is built of. Immutable.
 *
 * @param context the worker's
 * @param functions where the classes of functions are looked for
 * @param exposed what may be called beside what says so itself
 * @param objects what else they can reach
 * @param timeout of a call that brings none of its own; zero: none
 * @param blockedLoop how long a function may keep the event loop before it is reported
 * @param rpc the worker itself, for the functions that it runs
 * @param failures how failures travel
 */
public record CallSetup(ContextInternal context, Node node, Endpoint endpoint, Codecs codecs,
                        BlockingExecutor executor, ClassLoader functions, Exposed exposed,
                        ApplicationObjects objects, Duration timeout, Duration blockedLoop, Limits limits,
                        RpcListener listener, Rpc rpc, Failures failures) {}
