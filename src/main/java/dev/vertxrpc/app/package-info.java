/**
 * Internal. The command line: {@link dev.vertxrpc.app.Main} puts the commands together and turns what
 * goes wrong into one line and an exit status. Its commands are in {@code worker} and {@code demo}, which
 * do not know of it.
 */
package dev.vertxrpc.app;
