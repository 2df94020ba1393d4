package dev.vertxrpc;

import java.io.Serializable;

/**
 * A function of four arguments and no result, named by a method reference; the top of the chain
 * {@link AsyncFn4}, {@link Fn4}, {@code VoidFn4}.
 *
 * <p>Never called on the caller's side: it is only read for the name of the method it refers to.
 */
@FunctionalInterface
public interface VoidFn4<A, B, C, D> extends Serializable {
  void run(A a, B b, C c, D d) throws Exception;
}
