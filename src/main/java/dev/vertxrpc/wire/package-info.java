/**
 * Internal. Everything that crosses the event bus, frames, batches and links, and the lanes beside it. The front class
 * is {@link dev.vertxrpc.wire.Node}, of which there is one per Vert.x instance and which hands each worker its {@link
 * dev.vertxrpc.wire.Endpoint}. Frames are public because four packages share them. What a call, a
 * reference or a round is, this package does not know.
 */
package dev.vertxrpc.wire;
