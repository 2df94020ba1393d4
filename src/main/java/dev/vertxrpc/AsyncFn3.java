package dev.vertxrpc;

import io.vertx.core.Future;

/** A function of three arguments that returns a Future and never blocks, named by a method reference. */
@FunctionalInterface
public interface AsyncFn3<A, B, C, R> extends Fn3<A, B, C, Future<R>> {}
