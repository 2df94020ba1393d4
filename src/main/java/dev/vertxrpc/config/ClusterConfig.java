package dev.vertxrpc.config;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;

/**
 * The cluster that a worker builds for itself: its name; the interface that this process binds, and the
 * port there (0: any that is free); the members that are asked for the others, as {@code host:port}; and
 * how often a member is heard, and after what silence it counts as lost. Immutable.
 */
public record ClusterConfig(String name, String host, int port, List<String> members,
                            long heartbeatIntervalMs, long heartbeatTimeoutMs) {
  private static final Place AT = Place.TOP.key("cluster");

  /** Refuses what the JSON may not say either. */
  public ClusterConfig {
    members = List.copyOf(members);
    ConfigKeys.CLUSTER_NAME.check(AT, name);
    ConfigKeys.HOST.check(AT, host);
    ConfigKeys.PORT.check(AT, port);
    ConfigKeys.MEMBERS.check(AT, members);
    ConfigKeys.HEARTBEAT_INTERVAL_MS.kind().read(AT.key("heartbeatIntervalMs"), heartbeatIntervalMs);
    ConfigKeys.HEARTBEAT_TIMEOUT_MS.kind().read(AT.key("heartbeatTimeoutMs"), heartbeatTimeoutMs);
    checkHeartbeat(AT.key("heartbeatTimeoutMs"), heartbeatIntervalMs, heartbeatTimeoutMs);
  }

  /** A cluster on this machine alone. */
  public static ClusterConfig defaults() {
    return read(AT, new JsonObject());
  }

  static Kind<ClusterConfig> kind() {
    return new Kind<>("an object", ClusterConfig::read, ClusterConfig::toJson);
  }

  private static ClusterConfig read(Place at, Object json) {
    ConfigNode node = ConfigNode.read(at, json, ConfigKeys.OF_CLUSTER);
    String host = node.get(ConfigKeys.HOST);
    long interval = node.get(ConfigKeys.HEARTBEAT_INTERVAL_MS);
    long timeout = node.get(ConfigKeys.HEARTBEAT_TIMEOUT_MS);
    checkHeartbeat(node.at(ConfigKeys.HEARTBEAT_TIMEOUT_MS), interval, timeout);
    int port = node.get(ConfigKeys.PORT);
    List<String> members = node.find(ConfigKeys.MEMBERS).orElseGet(() -> List.of(firstMember(host, port)));
    return new ClusterConfig(node.get(ConfigKeys.CLUSTER_NAME), host, port, members, interval, timeout);
  }

  // Who has a port of its own and names nobody else founds the cluster; who takes any port joins one.
  private static String firstMember(String host, int port) {
    return new Address(host, port == 0 ? ConfigKeys.CLUSTER_PORT : port).toString();
  }

  // Within one interval nothing can be heard, so every member would be lost at once.
  private static void checkHeartbeat(Place at, long interval, long timeout) {
    if (timeout <= interval) {
      throw at.refuse(timeout, "more than heartbeatIntervalMs, which is " + interval);
    }
  }

  /** Whether this process is one of the members that the others ask: its own address is listed. */
  public boolean isSeed() {
    Address own = new Address(host, port);
    return members.stream().flatMap(member -> Address.parse(member).stream()).anyMatch(own::isSameAs);
  }

  /** All keys, as {@link RpcConfig#toJson()} writes them. */
  public JsonObject toJson() {
    return new JsonObject()
        .put("name", name)
        .put("host", host)
        .put("port", port)
        .put("members", new JsonArray(new ArrayList<>(members)))
        .put("heartbeatIntervalMs", heartbeatIntervalMs)
        .put("heartbeatTimeoutMs", heartbeatTimeoutMs);
  }
}
