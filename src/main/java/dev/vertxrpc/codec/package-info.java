/**
 * Internal. Values to bytes and back, for the declared types of parameters and results. Its front class
 * is {@link dev.vertxrpc.codec.ValueCodec}. It knows nothing of frames, workers or the life of an RRef:
 * it meets RRefs, writes their index and leaves the rest to its caller.
 */
package dev.vertxrpc.codec;
