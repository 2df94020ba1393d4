package dev.vertxrpc.app.demo;

import dev.vertxrpc.config.ConfigException;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonObject;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What a trainer is to do; the same for all trainers of a run. {@code data} is a file in place of the
 * scans that come with the demo. Immutable.
 */
record Job(int epochs, long seed, int batch, double rate, Optional<Path> data) {
  static final int EPOCHS = 20;
  static final int MOST_EPOCHS = 100_000;
  static final long SEED = 1;
  static final int BATCH = 8;
  static final double RATE = 0.03;
  private static final List<String> KEYS = List.of("epochs", "seed", "batch", "rate", "data", "rpc");

  /** From a verticle's config, where every key has a default, and {@code rpc} is not ours to read. */
  static Job from(JsonObject config) {
    for (String key : config.fieldNames()) {
      if (!KEYS.contains(key)) {
        throw ConfigException.found(key, "an unknown key", "one of " + String.join(", ", KEYS));
      }
    }
    return new Job(
        (int) number(config, "epochs", EPOCHS, 1, MOST_EPOCHS).longValue(),
        number(config, "seed", SEED, Long.MIN_VALUE, Long.MAX_VALUE).longValue(),
        (int) number(config, "batch", BATCH, 1, 10_000).longValue(),
        number(config, "rate", RATE, 1e-9, 1e3).doubleValue(),
        data(config));
  }

  private static Number number(JsonObject config, String key, Number byDefault, Number min, Number max) {
    Object found = config.getValue(key, byDefault);
    boolean whole = byDefault instanceof Integer || byDefault instanceof Long;
    if (found instanceof Number number && (!whole || number.doubleValue() == number.longValue())
        && number.doubleValue() >= min.doubleValue() && number.doubleValue() <= max.doubleValue()) {
      return number;
    }
    throw ConfigException.found(key, Json.encode(found),
        (whole ? "a whole number" : "a number") + " from " + min + " to " + max);
  }

  private static Optional<Path> data(JsonObject config) {
    Object found = config.getValue("data");
    try {
      if (found == null || found instanceof String) {
        return Optional.ofNullable((String) found).map(Path::of);
      }
    } catch (InvalidPathException impossible) {
      // Refused below, as anything else that is no path is.
    }
    throw ConfigException.found("data", Json.encode(found), "a path");
  }

  /** As a verticle's config. */
  JsonObject toJson() {
    JsonObject json = new JsonObject().put("epochs", epochs).put("seed", seed).put("batch", batch)
        .put("rate", rate);
    data.ifPresent(path -> json.put("data", path.toString()));
    return json;
  }
}
