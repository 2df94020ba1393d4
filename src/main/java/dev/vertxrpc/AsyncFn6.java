package dev.vertxrpc;

import io.vertx.core.Future;

/** A function of six arguments that returns a Future and never blocks, named by a method reference. */
@FunctionalInterface
public interface AsyncFn6<A, B, C, D, E, F, R> extends Fn6<A, B, C, D, E, F, Future<R>> {}
