package dev.vertxrpc;

import java.io.Serializable;

/**
 * A function of six arguments and no result, named by a method reference; the top of the chain
 * {@link AsyncFn6}, {@link Fn6}, {@code VoidFn6}.
 *
 * <p>Never called on the caller's side: it is only read for the name of the method it refers to.
 */
@FunctionalInterface
public interface VoidFn6<A, B, C, D, E, F> extends Serializable {
  void run(A a, B b, C c, D d, E e, F f) throws Exception;
}
