package dev.vertxrpc.config;

import java.util.Optional;

/**
 * One key of the config: its name, what its values look like, and the JSON value that is taken where it
 * is missing, if there is one. Immutable.
 */
record ConfigKey<T>(String name, Kind<T> kind, boolean required, Optional<Object> fallback) {
  static <T> ConfigKey<T> required(String name, Kind<T> kind) {
    return new ConfigKey<>(name, kind, true, Optional.empty());
  }

  static <T> ConfigKey<T> optional(String name, Kind<T> kind) {
    return new ConfigKey<>(name, kind, false, Optional.empty());
  }

  static <T> ConfigKey<T> withDefault(String name, Kind<T> kind, Object json) {
    return new ConfigKey<>(name, kind, false, Optional.of(json));
  }

  /** Refuses a value that was set in code, in the words used for one that was read. */
  void check(Place parent, T value) {
    kind.read(parent.key(name), kind.write(value));
  }
}
