package dev.vertxrpc;

import io.vertx.core.Future;

/** A function of five arguments that returns a Future and never blocks, named by a method reference. */
@FunctionalInterface
public interface AsyncFn5<A, B, C, D, E, R> extends Fn5<A, B, C, D, E, Future<R>> {}
