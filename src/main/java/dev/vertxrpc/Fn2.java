package dev.vertxrpc;

/** A function of two arguments that may block, named by a method reference. */
@FunctionalInterface
public interface Fn2<A, B, R> extends VoidFn2<A, B> {
  R apply(A a, B b) throws Exception;

  @Override
  default void run(A a, B b) throws Exception {
    apply(a, b);
  }
}
