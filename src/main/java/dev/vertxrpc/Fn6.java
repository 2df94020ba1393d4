package dev.vertxrpc;

/** A function of six arguments that may block, named by a method reference. */
@FunctionalInterface
public interface Fn6<A, B, C, D, E, F, R> extends VoidFn6<A, B, C, D, E, F> {
  R apply(A a, B b, C c, D d, E e, F f) throws Exception;

  @Override
  default void run(A a, B b, C c, D d, E e, F f) throws Exception {
    apply(a, b, c, d, e, f);
  }
}
