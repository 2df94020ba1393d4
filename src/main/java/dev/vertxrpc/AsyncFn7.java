package dev.vertxrpc;

import io.vertx.core.Future;

/** A function of seven arguments that returns a Future and never blocks, named by a method reference. */
@FunctionalInterface
public interface AsyncFn7<A, B, C, D, E, F, G, R> extends Fn7<A, B, C, D, E, F, G, Future<R>> {}
