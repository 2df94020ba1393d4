package dev.vertxrpc.wire;

/** What a call names the object by whose method it calls: a value that is kept, or a service. Immutable. */
public sealed interface ObjectId permits RefId, ServiceId {}
