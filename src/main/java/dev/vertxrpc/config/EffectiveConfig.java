package dev.vertxrpc.config;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A config, and where each of its values comes from: of the file, the environment, the system properties and the
 * overrides given the last that has it, else the default. Immutable.
 */
public final class EffectiveConfig {
  private static final String DEFAULT = "default";
  /** Stands in for the one key without a default, where only the others are looked at. */
  private static final String UNNAMED = "unnamed";

  /** A value as JSON has it, null where there is none, and who says so. */
  public record Value(Object json, String source) {}

  private final RpcConfig config;
  private final Map<String, Value> values;

  private EffectiveConfig(RpcConfig config, Map<String, Value> values) {
    this.config = config;
    this.values = values;
  }

  /**
   * What {@link RpcConfig#load(String, List)} makes of that file, or of none.
   *
   * @throws ConfigException as that does; without a file a name may be missing
   */
  public static EffectiveConfig load(Optional<String> file, List<String> given) {
    return load(file, ProcessSettings.ofThisProcess(), given);
  }

  static EffectiveConfig load(Optional<String> file, ProcessSettings process, List<String> given) {
    JsonObject json = file.map(ConfigFile::read).orElseGet(JsonObject::new);
    JsonObject inFile = json.copy();
    List<Replacement> overrides = new ArrayList<>(process.overrides());
    given.stream().map(Replacement::given).forEach(overrides::add);
    if (!overrides.isEmpty()) {
      VerticleConfig.spellOut(json);
    }
    Overrides applied = Overrides.apply(overrides, json);
    boolean isUnnamed = file.isEmpty() && !json.containsKey(ConfigKeys.NAME.name());
    if (isUnnamed) {
      json.put(ConfigKeys.NAME.name(), UNNAMED);
    }
    RpcConfig config;
    try {
      config = RpcConfig.at(new Place(file.orElse(""), ""), json);
    } catch (ConfigException refused) {
      throw applied.blame(refused);
    }
    JsonObject all = config.toJson()
        .put(ConfigKeys.CLUSTER.name(), config.cluster().orElseGet(ClusterConfig::defaults).toJson());
    Map<String, Value> values = new LinkedHashMap<>();
    for (String path : ConfigKeys.paths()) {
      values.put(path, new Value(find(all, path), source(path, inFile, file, applied)));
    }
    if (isUnnamed) {
      values.put(ConfigKeys.NAME.name(), new Value(null, "required"));
    }
    return new EffectiveConfig(config, values);
  }

  private static String source(String path, JsonObject inFile, Optional<String> file, Overrides applied) {
    List<String> sources = new ArrayList<>();
    if (find(inFile, path) != null) {
      sources.add(file.orElseThrow());
    }
    applied.sources(path, sources);
    return sources.isEmpty() ? DEFAULT : sources.stream().distinct().collect(Collectors.joining(", "));
  }

  private static Object find(JsonObject json, String path) {
    Object found = json;
    for (String key : path.split("\\.")) {
      found = found instanceof JsonObject object ? object.getValue(key) : null;
    }
    return found;
  }

  /** The config itself. */
  public RpcConfig config() {
    return config;
  }

  /** By the path of its key, in the order of the schema, every value that there may be. */
  public Map<String, Value> values() {
    Map<String, Value> copy = new LinkedHashMap<>();
    values.forEach((path, value) -> copy.put(path, new Value(value.json() instanceof JsonArray array ? array.copy()
        : value.json(), value.source())));
    return copy;
  }
}
