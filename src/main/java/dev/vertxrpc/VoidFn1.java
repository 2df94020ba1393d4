package dev.vertxrpc;

import java.io.Serializable;

/**
 * A function of one argument and no result, named by a method reference; the top of the chain
 * {@link AsyncFn1}, {@link Fn1}, {@code VoidFn1}.
 *
 * <p>Never called on the caller's side: it is only read for the name of the method it refers to.
 */
@FunctionalInterface
public interface VoidFn1<A> extends Serializable {
  void run(A a) throws Exception;
}
