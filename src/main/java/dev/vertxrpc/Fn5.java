package dev.vertxrpc;

/** A function of five arguments that may block, named by a method reference. */
@FunctionalInterface
public interface Fn5<A, B, C, D, E, R> extends VoidFn5<A, B, C, D, E> {
  R apply(A a, B b, C c, D d, E e) throws Exception;

  @Override
  default void run(A a, B b, C c, D d, E e) throws Exception {
    apply(a, b, c, d, e);
  }
}
