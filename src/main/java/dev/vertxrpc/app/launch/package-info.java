/**
 * Internal. What the commands share that run several workers: {@link dev.vertxrpc.app.launch.Child}, a process,
 * {@link dev.vertxrpc.app.launch.JavaCommand}, how it is started, {@link dev.vertxrpc.app.launch.Conf}, where its
 * JSON is, and {@link dev.vertxrpc.app.launch.Loop} for what is done many times. It knows none of the commands.
 */
package dev.vertxrpc.app.launch;
