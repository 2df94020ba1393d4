/**
 * Internal. What may be called, and by which name. At the caller a {@link dev.vertxrpc.function.MethodReference} is
 * read; at the callee the front class, {@link dev.vertxrpc.function.FunctionTable}, finds the {@link
 * dev.vertxrpc.function.Function} that the name means there, or says why nobody may call it.
 */
package dev.vertxrpc.function;
