/**
 * Internal. Values kept on behalf of other workers, and handles to values that others keep. The front
 * class is {@link dev.vertxrpc.ref.Refs}; the tables behind it are {@link dev.vertxrpc.ref.Tables}. Of a
 * call it knows that it can be made; of a round, nothing.
 */
package dev.vertxrpc.ref;
