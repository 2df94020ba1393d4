package dev.vertxrpc.config;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The overrides that were written into one JSON, and where each wrote: so that a bad value is put down to
 * the override that brought it in, not to the file. Not thread-safe: for one load.
 */
final class Overrides {
  private final JsonObject top;
  private final Map<String, Replacement> overrideAt = new LinkedHashMap<>();

  private Overrides(JsonObject top) {
    this.top = top;
  }

  /** Writes each {@code key.path=value} into {@code top}, in order, creating objects that are missing. */
  static Overrides apply(List<Replacement> overrides, JsonObject top) {
    Overrides applied = new Overrides(top);
    overrides.forEach(applied::apply);
    return applied;
  }

  /** The same, blamed on the last override that wrote at its path or around it, if there is one. */
  ConfigException blame(ConfigException refused) {
    ConfigException blamed = refused;
    for (Map.Entry<String, Replacement> written : overrideAt.entrySet()) {
      if (isAtOrIn(refused.path(), written.getKey())) {
        blamed = refused.broughtInBy(written.getValue().source());
      }
    }
    return blamed;
  }

  /** Adds who wrote something into {@code path}; whoever replaced all of it takes the place of those there. */
  void sources(String path, List<String> sources) {
    overrideAt.forEach((at, override) -> {
      if (isAtOrIn(path, at)) {
        sources.clear();
      }
      if (isAtOrIn(path, at) || isAtOrIn(at, path)) {
        sources.add(override.source());
      }
    });
  }

  private static boolean isAtOrIn(String path, String around) {
    return (path + ".").startsWith(around + ".") || path.startsWith(around + "[");
  }

  private void apply(Replacement override) {
    int equals = override.text().indexOf('=');
    List<String> steps = List.of(override.text().substring(0, Math.max(0, equals)).split("\\.", -1));
    if (steps.contains("")) {
      throw ConfigException.broughtIn(override.source(), "", "expected key.path=value");
    }
    Object value = value(override.text().substring(equals + 1));
    try {
      String path = write(Place.TOP, top, steps, value).path();
      overrideAt.remove(path); // so that it stands last
      overrideAt.put(path, override);
    } catch (ConfigException refused) {
      throw refused.broughtInBy(override.source());
    }
  }

  /** Returns the outermost place at which something is new. */
  private static Place write(Place at, Object container, List<String> steps, Object value) {
    String step = steps.get(0);
    List<String> rest = steps.subList(1, steps.size());
    if (container instanceof JsonObject object) {
      Place here = at.key(step);
      if (rest.isEmpty() || !object.containsKey(step)) {
        object.put(step, nest(rest, value));
        return here;
      }
      return write(here, object.getValue(step), rest, value);
    }
    if (container instanceof JsonArray array) {
      int index = index(at, array, step);
      Place here = at.element(index);
      if (rest.isEmpty() || index == array.size()) {
        put(array, index, nest(rest, value));
        return here;
      }
      return write(here, array.getValue(index), rest, value);
    }
    throw at.refuseType(container, "an object or an array");
  }

  private static int index(Place at, JsonArray array, String step) {
    if (step.matches("\\d{1,9}") && Integer.parseInt(step) <= array.size()) {
      return Integer.parseInt(step);
    }
    throw at.refuse(step, "the number of an element, 0 to " + array.size());
  }

  private static void put(JsonArray array, int index, Object value) {
    if (index == array.size()) {
      array.add(value);
    } else {
      array.set(index, value);
    }
  }

  private static Object nest(List<String> keys, Object value) {
    Object nested = value;
    for (int i = keys.size() - 1; i >= 0; i--) {
      nested = new JsonObject().put(keys.get(i), nested);
    }
    return nested;
  }

  private static Object value(String text) {
    try {
      return text.isEmpty() ? text : Json.decodeValue(text);
    } catch (DecodeException notJson) {
      return text;
    }
  }
}
