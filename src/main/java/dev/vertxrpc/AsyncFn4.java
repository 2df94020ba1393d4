package dev.vertxrpc;

import io.vertx.core.Future;

/** A function of four arguments that returns a Future and never blocks, named by a method reference. */
@FunctionalInterface
public interface AsyncFn4<A, B, C, D, R> extends Fn4<A, B, C, D, Future<R>> {}
