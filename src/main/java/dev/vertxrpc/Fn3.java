package dev.vertxrpc;

/** A function of three arguments that may block, named by a method reference. */
@FunctionalInterface
public interface Fn3<A, B, C, R> extends VoidFn3<A, B, C> {
  R apply(A a, B b, C c) throws Exception;

  @Override
  default void run(A a, B b, C c) throws Exception {
    apply(a, b, c);
  }
}
