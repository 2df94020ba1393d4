package dev.vertxrpc;

import java.io.Serializable;

/**
 * A function of three arguments and no result, named by a method reference; the top of the chain
 * {@link AsyncFn3}, {@link Fn3}, {@code VoidFn3}.
 *
 * <p>Never called on the caller's side: it is only read for the name of the method it refers to.
 */
@FunctionalInterface
public interface VoidFn3<A, B, C> extends Serializable {
  void run(A a, B b, C c) throws Exception;
}
