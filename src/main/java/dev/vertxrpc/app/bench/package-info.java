/**
 * Internal. The bench: how fast calls, references and rounds are here, beside the raw event bus on the same machine.
 * BenchCommand runs the works that {@link dev.vertxrpc.app.bench.Works} lists; the workers that they need are
 * processes of their own, each with a {@link dev.vertxrpc.app.bench.BenchVerticle}. It must not know the command
 * line around it.
 */
package dev.vertxrpc.app.bench;
