/**
 * Internal. One request, one reply, one deadline. The front class is {@link dev.vertxrpc.call.Calls}, which
 * makes calls and has others' served. What it needs of references it asks through {@link
 * dev.vertxrpc.call.Receivers} and {@link dev.vertxrpc.call.ArgumentGate}, which {@code ref} implements: it
 * knows neither their tables nor their frames.
 */
package dev.vertxrpc.call;
