package dev.vertxrpc.config;

import io.vertx.core.json.Json;

/**
 * One value that takes the place of another: {@code key.path=value}, and who says so, for people. Immutable.
 */
record Replacement(String source, String text) {
  /** As written by a user. */
  static Replacement given(String text) {
    return new Replacement("override " + Json.encode(text), text);
  }
}
