package dev.vertxrpc.ref;

/**
 * What the config says of references. Immutable.
 *
 * @param closeReleased whether values that can be closed are, when nobody holds them any more
 * @param trackSites whether it is noted where handles are made, and on which way they came
 * @param failOnLeak whether a shutdown fails after which values are still held elsewhere
 */
public record RefOptions(boolean closeReleased, boolean trackSites, boolean failOnLeak) {}
