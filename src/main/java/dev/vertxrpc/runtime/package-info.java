/**
 * Builds, starts and stops one worker: the composition root. {@link dev.vertxrpc.runtime.RpcWorker} is the
 * entry, {@link dev.vertxrpc.runtime.RpcVerticle} the same as a verticle, {@link dev.vertxrpc.runtime.RpcVertx}
 * a clustered Vert.x of the config's. It is handed an {@code RpcListener} and knows nothing of {@code observe}.
 */
package dev.vertxrpc.runtime;
