package dev.vertxrpc.config;

import io.vertx.core.json.Json;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.regex.Pattern;

/**
 * Where a value stands: its file and its path in the JSON, either of them empty where there is none; and
 * the words in which a value found there is refused. Immutable.
 */
record Place(String file, String path) {
  /** The top of a JSON that is in no file. */
  static final Place TOP = new Place("", "");

  private static final Pattern PLAIN_KEY = Pattern.compile("[A-Za-z0-9_$-]+");
  private static final int LONGEST_FOUND = 80;

  Place key(String name) {
    if (!PLAIN_KEY.matcher(name).matches()) {
      return new Place(file, path + "[" + quote(name) + "]");
    }
    return new Place(file, path.isEmpty() ? name : path + "." + name);
  }

  Place element(int index) {
    return new Place(file, path + "[" + index + "]");
  }

  /** Refuses a value of the right type. */
  ConfigException refuse(Object found, String expected) {
    return problem("found " + text(found) + ", expected " + expected);
  }

  /** Refuses a value of the wrong type, and names its type where the value alone does not show it. */
  ConfigException refuseType(Object found, String expected) {
    String type = found instanceof Boolean ? " (a boolean)" : found instanceof Number ? " (a number)" : "";
    return problem("found " + text(found) + type + ", expected " + expected);
  }

  ConfigException problem(String text) {
    return ConfigException.in(file, path, text);
  }

  static String text(Object value) {
    if (value instanceof JsonObject) {
      return "an object";
    }
    if (value instanceof JsonArray) {
      return "an array";
    }
    if (value == null || value instanceof Boolean || value instanceof Number) {
      return String.valueOf(value);
    }
    return value instanceof String string ? quote(string) : "a " + value.getClass().getName();
  }

  // Quoted as in JSON, which also keeps the message on one line.
  private static String quote(String text) {
    return Json.encode(text.length() <= LONGEST_FOUND ? text : text.substring(0, LONGEST_FOUND) + "...");
  }
}
