package dev.vertxrpc;

import io.vertx.core.Future;

/** A function of no argument that returns a Future and never blocks, named by a method reference. */
@FunctionalInterface
public interface AsyncFn0<R> extends Fn0<Future<R>> {}
