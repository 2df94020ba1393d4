/**
 * Internal. One request, one reply, one deadline. The front class is {@link dev.vertxrpc.call.Calls}, which
 * makes calls and has others' served. A call that is made goes by {@code Outbox}, and its answer comes to {@code
 * Inbox}; one that is served comes to {@code Responder}, waits as a {@code Serving}, runs as an {@code Execution}, and
 * ends with a {@code Reply}. What it needs of references it asks through {@link dev.vertxrpc.call.Receivers} and {@link
 * dev.vertxrpc.call.ArgumentGate}, which {@code ref} implements: it knows neither their tables nor their frames.
 */
package dev.vertxrpc.call;
