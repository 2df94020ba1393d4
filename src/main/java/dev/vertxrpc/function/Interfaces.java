package dev.vertxrpc.function;

import static java.util.Objects.requireNonNull;

import java.lang.reflect.Modifier;

/** Checks what is given out as the list of the methods that others may call. Pure functions. */
public final class Interfaces {
  private Interfaces() {}

  /**
   * That {@code api} can be such a list.
   *
   * @throws IllegalArgumentException if it is no public interface; {@code advice} says what to do then
   */
  public static <T> Class<T> require(Class<T> api, String advice) {
    requireNonNull(api, "api");
    if (!api.isInterface()) {
      throw new IllegalArgumentException(api.getName() + " is no interface, which is what lists the methods that may be"
          + " called; " + advice);
    }
    if (!Modifier.isPublic(api.getModifiers())) {
      throw new IllegalArgumentException("the interface " + api.getName() + " is not public, so that nobody else may"
          + " call its methods; make it public");
    }
    return api;
  }

  /**
   * That {@code object} has its methods.
   *
   * @throws IllegalArgumentException if it has not
   */
  public static void requireInstance(Class<?> type, Object object) {
    if (!type.isInstance(object)) {
      String found = object == null ? "null" : "a " + object.getClass().getName();
      throw new IllegalArgumentException("the object is " + found + ", expected a " + type.getName());
    }
  }
}
