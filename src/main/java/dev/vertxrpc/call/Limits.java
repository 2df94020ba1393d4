package dev.vertxrpc.call;

import java.time.Duration;

/**
 * What one worker puts up with. Immutable.
 *
 * @param callTimeout the time of a call that brings none of its own; zero: none
 * @param blockedLoop how long a function may keep the event loop before it is reported
 * @param maxCallsPerPeer calls under way to one worker, and from one
 * @param maxBytesPerPeer bytes in their arguments
 */
public record Limits(Duration callTimeout, Duration blockedLoop, int maxCallsPerPeer, long maxBytesPerPeer) {}
