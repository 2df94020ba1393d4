package dev.vertxrpc.wire;

/**
 * One handle on its way to a new holder: which value, the fork's own id, the incarnation that keeps
 * the value and the incarnation that handed the handle out. Immutable.
 */
public record Fork(RefId ref, ForkId id, long owner, long parent) {}
