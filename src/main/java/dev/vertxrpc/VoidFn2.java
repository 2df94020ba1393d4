package dev.vertxrpc;

import java.io.Serializable;

/**
 * A function of two arguments and no result, named by a method reference; the top of the chain
 * {@link AsyncFn2}, {@link Fn2}, {@code VoidFn2}.
 *
 * <p>Never called on the caller's side: it is only read for the name of the method it refers to.
 */
@FunctionalInterface
public interface VoidFn2<A, B> extends Serializable {
  void run(A a, B b) throws Exception;
}
