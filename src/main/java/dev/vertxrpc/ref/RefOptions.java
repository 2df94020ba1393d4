package dev.vertxrpc.ref;

import java.time.Duration;

/**
 * What the config says of references. Immutable.
 *
 * @param closeReleased whether values that can be closed are, when nobody holds them any more
 * @param trackSites whether it is noted where handles are made, and on which way they came
 * @param failOnLeak whether a shutdown fails after which values are still held elsewhere
 * @param linger how long the handles of a worker that is gone count on
 */
public record RefOptions(boolean closeReleased, boolean trackSites, boolean failOnLeak, Duration linger) {}
