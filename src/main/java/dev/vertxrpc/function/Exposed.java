package dev.vertxrpc.function;

import java.util.Set;

/**
 * The classes whose public functions, constructors and methods the config exposes, as if they were {@link
 * dev.vertxrpc.Remote}: each by its name, or all of one package as {@code com.acme.*}. Immutable.
 */
public record Exposed(Set<String> names) {
  /** Copies the names. */
  public Exposed {
    names = Set.copyOf(names);
  }

  boolean has(Class<?> type) {
    return names.contains(type.getName()) || names.contains(type.getPackageName() + ".*");
  }

  /** What to write into the config for that class. */
  static String line(Class<?> type) {
    return "\"expose\": [\"" + type.getName() + "\"] to the config of the worker called";
  }
}
