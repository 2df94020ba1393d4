package dev.vertxrpc;

import io.vertx.core.Future;

/** A function of two arguments that returns a Future and never blocks, named by a method reference. */
@FunctionalInterface
public interface AsyncFn2<A, B, R> extends Fn2<A, B, Future<R>> {}
