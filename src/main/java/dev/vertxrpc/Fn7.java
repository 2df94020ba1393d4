package dev.vertxrpc;

/** A function of seven arguments that may block, named by a method reference. */
@FunctionalInterface
public interface Fn7<A, B, C, D, E, F, G, R> extends VoidFn7<A, B, C, D, E, F, G> {
  R apply(A a, B b, C c, D d, E e, F f, G g) throws Exception;

  @Override
  default void run(A a, B b, C c, D d, E e, F f, G g) throws Exception {
    apply(a, b, c, d, e, f, g);
  }
}
