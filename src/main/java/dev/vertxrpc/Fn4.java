package dev.vertxrpc;

/** A function of four arguments that may block, named by a method reference. */
@FunctionalInterface
public interface Fn4<A, B, C, D, R> extends VoidFn4<A, B, C, D> {
  R apply(A a, B b, C c, D d) throws Exception;

  @Override
  default void run(A a, B b, C c, D d) throws Exception {
    apply(a, b, c, d);
  }
}
