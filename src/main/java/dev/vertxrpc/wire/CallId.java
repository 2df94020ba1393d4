package dev.vertxrpc.wire;

/** Names a call in the whole group: who made it, and the caller's number for it. Immutable. */
public record CallId(long caller, long number) {}
