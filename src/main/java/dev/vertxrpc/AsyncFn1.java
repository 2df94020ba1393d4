package dev.vertxrpc;

import io.vertx.core.Future;

/** A function of one argument that returns a Future and never blocks, named by a method reference. */
@FunctionalInterface
public interface AsyncFn1<A, R> extends Fn1<A, Future<R>> {}
