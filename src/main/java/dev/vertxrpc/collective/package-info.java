/**
 * Internal. Rounds in which workers meet: barrier, all-gather, gather, broadcast, scatter, reduce. The front class is
 * {@link dev.vertxrpc.collective.Rounds}. It knows who is in the group, how to send, and how references travel with
 * values; what workers call on one another, it does not.
 */
package dev.vertxrpc.collective;
