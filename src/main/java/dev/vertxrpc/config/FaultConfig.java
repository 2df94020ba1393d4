package dev.vertxrpc.config;

import io.vertx.core.json.JsonObject;
import java.util.Optional;

/**
 * One thing that is to go wrong with what a worker sends, in tests: what happens to frames of a type, to whom they
 * go, to how many of them, how often each is lost, and how long each is delayed. Code sets it as a file does, by the
 * key {@code faults} of the JSON that {@link RpcConfig#from} takes. Immutable.
 */
public record FaultConfig(String frame, Optional<String> peer, String action, int count, int times, long delayMs) {
  static Kind<FaultConfig> kind() {
    return new Kind<>("an object", FaultConfig::read, FaultConfig::toJson);
  }

  private static FaultConfig read(Place at, Object json) {
    ConfigNode node = ConfigNode.read(at, json, ConfigKeys.OF_FAULT);
    return new FaultConfig(node.get(ConfigKeys.FRAME), node.find(ConfigKeys.PEER), node.get(ConfigKeys.ACTION),
        node.get(ConfigKeys.COUNT), node.get(ConfigKeys.TIMES), node.get(ConfigKeys.DELAY_MS));
  }

  private JsonObject toJson() {
    JsonObject json = new JsonObject().put("frame", frame);
    peer.ifPresent(worker -> json.put("peer", worker));
    return json.put("action", action).put("count", count).put("times", times).put("delayMs", delayMs);
  }
}
