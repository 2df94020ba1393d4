package dev.vertxrpc.config;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/**
 * A verticle that the command {@code vertx-rpc worker} deploys beside the worker: its class, how many of
 * it, and its own config, whose keys nobody else reads. Only that command looks at it; {@code RpcWorker}
 * in code ignores it. In JSON the name of the class alone stands for one instance without config.
 * Immutable.
 */
public record VerticleConfig(String type, int instances, JsonObject config) {
  private static final Place AT = new Place("", "verticles[]");

  /** Refuses what the JSON may not say either; copies {@code config}. */
  public VerticleConfig {
    ConfigKeys.CLASS.check(AT, type);
    ConfigKeys.INSTANCES.check(AT, instances);
    config = config.copy();
  }

  /** A copy. */
  @Override
  public JsonObject config() {
    return config.copy();
  }

  static Kind<VerticleConfig> kind() {
    return new Kind<>("a class name or an object", VerticleConfig::read, VerticleConfig::toJson);
  }

  private static VerticleConfig read(Place at, Object json) {
    if (!(json instanceof String) && !(json instanceof JsonObject)) {
      throw at.refuseType(json, "a class name or an object");
    }
    ConfigNode node = ConfigNode.read(at, json instanceof String type ? named(type) : json,
        ConfigKeys.OF_VERTICLE);
    return new VerticleConfig(node.get(ConfigKeys.CLASS), node.get(ConfigKeys.INSTANCES),
        node.get(ConfigKeys.CONFIG));
  }

  /** Writes the short form out in place, so that an override can reach into it. */
  static void spellOut(JsonObject top) {
    if (top.getValue(ConfigKeys.VERTICLES.name()) instanceof JsonArray verticles) {
      for (int i = 0; i < verticles.size(); i++) {
        if (verticles.getValue(i) instanceof String type) {
          verticles.set(i, named(type));
        }
      }
    }
  }

  private static JsonObject named(String type) {
    return new JsonObject().put(ConfigKeys.CLASS.name(), type);
  }

  /** All keys, as {@link RpcConfig#toJson()} writes them. */
  public JsonObject toJson() {
    return new JsonObject().put("class", type).put("instances", instances).put("config", config());
  }
}
