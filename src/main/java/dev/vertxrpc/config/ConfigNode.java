package dev.vertxrpc.config;

import io.vertx.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One object of the config, after every key of it was checked against the table of its kind. Two are
 * equal when their values are, wherever they were read. Immutable.
 */
final class ConfigNode {
  private final Place at;
  private final Map<ConfigKey<?>, Object> values;

  private ConfigNode(Place at, Map<ConfigKey<?>, Object> values) {
    this.at = at;
    this.values = values;
  }

  /** Refuses what is not an object, then any unknown key, then the first bad value in table order. */
  static ConfigNode read(Place at, Object json, List<ConfigKey<?>> table) {
    if (!(json instanceof JsonObject object)) {
      throw at.refuseType(json, "an object");
    }
    refuseUnknown(at, object, table);
    Map<ConfigKey<?>, Object> values = new LinkedHashMap<>();
    for (ConfigKey<?> key : table) {
      Place place = at.key(key.name());
      if (object.containsKey(key.name())) {
        values.put(key, key.kind().read(place, object.getValue(key.name())));
      } else if (key.required()) {
        throw place.problem("missing, expected " + key.kind().expected());
      } else if (key.fallback().isPresent()) {
        values.put(key, key.kind().read(place, key.fallback().get()));
      }
    }
    return new ConfigNode(at, values);
  }

  private static void refuseUnknown(Place at, JsonObject object, List<ConfigKey<?>> table) {
    List<String> known = table.stream().map(ConfigKey::name).toList();
    for (String name : object.fieldNames()) {
      if (!known.contains(name)) {
        String advice = Spelling.nearest(name, known)
            .map(near -> "did you mean \"" + near + "\"?")
            .orElse("expected one of " + String.join(", ", known));
        throw at.key(name).problem("unknown key, " + advice);
      }
    }
  }

  /** The value of a key that is required or has a default. */
  <T> T get(ConfigKey<T> key) {
    return find(key).orElseThrow();
  }

  @SuppressWarnings("unchecked") // read() puts under each key what the key's own kind has read
  <T> Optional<T> find(ConfigKey<T> key) {
    return Optional.ofNullable((T) values.get(key));
  }

  Place at(ConfigKey<?> key) {
    return at.key(key.name());
  }

  /** Every key that has a value, in table order. */
  JsonObject toJson() {
    JsonObject json = new JsonObject();
    values.keySet().forEach(key -> put(json, key));
    return json;
  }

  private <T> void put(JsonObject json, ConfigKey<T> key) {
    json.put(key.name(), key.kind().write(get(key)));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ConfigNode node && values.equals(node.values);
  }

  @Override
  public int hashCode() {
    return values.hashCode();
  }
}
