package dev.vertxrpc.codec;

/** What is found in values on their way into a body and stays outside. Confined to the encode that made it. */
record Outgoing(RefTable refs, BulkTable bulk) {
}
