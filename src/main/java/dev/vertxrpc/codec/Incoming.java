package dev.vertxrpc.codec;

/** What a body speaks of and does not hold itself. Confined to the decode that made it. */
record Incoming(ValueCodec.RefDecoder refs, BulkValues bulk) {
}
