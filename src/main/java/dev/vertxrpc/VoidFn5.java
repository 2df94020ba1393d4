package dev.vertxrpc;

import java.io.Serializable;

/**
 * A function of five arguments and no result, named by a method reference; the top of the chain
 * {@link AsyncFn5}, {@link Fn5}, {@code VoidFn5}.
 *
 * <p>Never called on the caller's side: it is only read for the name of the method it refers to.
 */
@FunctionalInterface
public interface VoidFn5<A, B, C, D, E> extends Serializable {
  void run(A a, B b, C c, D d, E e) throws Exception;
}
