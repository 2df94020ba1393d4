package dev.vertxrpc;

import java.io.Serializable;

/**
 * A function of seven arguments and no result, named by a method reference; the top of the chain
 * {@link AsyncFn7}, {@link Fn7}, {@code VoidFn7}.
 *
 * <p>Never called on the caller's side: it is only read for the name of the method it refers to.
 */
@FunctionalInterface
public interface VoidFn7<A, B, C, D, E, F, G> extends Serializable {
  void run(A a, B b, C c, D d, E e, F f, G g) throws Exception;
}
