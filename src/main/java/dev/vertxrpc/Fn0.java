package dev.vertxrpc;

/** A function of no argument that may block, named by a method reference. */
@FunctionalInterface
public interface Fn0<R> extends VoidFn0 {
  R apply() throws Exception;

  @Override
  default void run() throws Exception {
    apply();
  }
}
