package dev.vertxrpc.config;

import io.vertx.core.json.JsonObject;

/**
 * How much a worker takes before it refuses: calls under way with one peer, in each direction, and the bytes in
 * their arguments; the bytes of one call's arguments or result; how deep what is decoded may nest, and how many
 * elements it may have. Immutable.
 */
public record LimitsConfig(int maxCallsPerPeer, int maxBytesPerPeer, int maxPayloadBytes, int maxDepth,
                           int maxElements) {
  private static final Place AT = Place.TOP.key("limits");

  /** Refuses what the JSON may not say either. */
  public LimitsConfig {
    ConfigKeys.MAX_CALLS_PER_PEER.check(AT, maxCallsPerPeer);
    ConfigKeys.MAX_BYTES_PER_PEER.check(AT, maxBytesPerPeer);
    ConfigKeys.MAX_PAYLOAD_BYTES.check(AT, maxPayloadBytes);
    ConfigKeys.MAX_DEPTH.check(AT, maxDepth);
    ConfigKeys.MAX_ELEMENTS.check(AT, maxElements);
  }

  static Kind<LimitsConfig> kind() {
    return new Kind<>("an object", LimitsConfig::read, LimitsConfig::toJson);
  }

  private static LimitsConfig read(Place at, Object json) {
    ConfigNode node = ConfigNode.read(at, json, ConfigKeys.OF_LIMITS);
    return new LimitsConfig(node.get(ConfigKeys.MAX_CALLS_PER_PEER), node.get(ConfigKeys.MAX_BYTES_PER_PEER),
        node.get(ConfigKeys.MAX_PAYLOAD_BYTES), node.get(ConfigKeys.MAX_DEPTH), node.get(ConfigKeys.MAX_ELEMENTS));
  }

  /** All keys, as {@link RpcConfig#toJson()} writes them. */
  public JsonObject toJson() {
    return new JsonObject()
        .put("maxCallsPerPeer", maxCallsPerPeer)
        .put("maxBytesPerPeer", maxBytesPerPeer)
        .put("maxPayloadBytes", maxPayloadBytes)
        .put("maxDepth", maxDepth)
        .put("maxElements", maxElements);
  }
}
