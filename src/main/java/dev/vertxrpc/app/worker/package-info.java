/**
 * Internal. Runs what one worker's JSON names, until it has ended or is told to stop: {@link
 * dev.vertxrpc.app.worker.WorkerCommand}. {@link dev.vertxrpc.app.worker.WatchedVerticle} tells whoever
 * deployed a verticle how it ended; a verticle that is a {@link dev.vertxrpc.app.worker.ConfigCheck} is asked
 * about its config before anything starts. It knows nothing of what the verticles do.
 */
package dev.vertxrpc.app.worker;
