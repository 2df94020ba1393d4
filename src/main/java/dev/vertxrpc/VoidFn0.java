package dev.vertxrpc;

import java.io.Serializable;

/**
 * A function of no argument and no result, named by a method reference; the top of the chain
 * {@link AsyncFn0}, {@link Fn0}, {@code VoidFn0}.
 *
 * <p>Never called on the caller's side: it is only read for the name of the method it refers to.
 */
@FunctionalInterface
public interface VoidFn0 extends Serializable {
  void run() throws Exception;
}
