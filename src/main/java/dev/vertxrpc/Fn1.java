package dev.vertxrpc;

/** A function of one argument that may block, named by a method reference. */
@FunctionalInterface
public interface Fn1<A, R> extends VoidFn1<A> {
  R apply(A a) throws Exception;

  @Override
  default void run(A a) throws Exception {
    apply(a);
  }
}
