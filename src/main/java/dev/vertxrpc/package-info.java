/**
 * The contracts: what a user types against. {@link dev.vertxrpc.Rpc} is one worker's view of its group
 * and the way to everything else; a worker is built by {@code dev.vertxrpc.runtime.RpcWorker}. This
 * package knows none of the others.
 */
package dev.vertxrpc;
