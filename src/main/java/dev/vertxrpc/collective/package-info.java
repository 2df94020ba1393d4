/**
 * Internal. Rounds in which workers meet: barrier, all-gather. The front class is {@link
 * dev.vertxrpc.collective.Rounds}. It knows who is in the group and how to send; what workers call on one
 * another, it does not.
 */
package dev.vertxrpc.collective;
