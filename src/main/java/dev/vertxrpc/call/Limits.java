package dev.vertxrpc.call;

/**
 * What one worker puts up with, in each direction. Immutable.
 *
 * @param maxCallsPerPeer calls under way to one worker, and from one
 * @param maxBytesPerPeer bytes in their arguments
 */
public record Limits(int maxCallsPerPeer, long maxBytesPerPeer) {}
