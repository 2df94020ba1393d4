package dev.vertxrpc.config;

import static java.util.Objects.requireNonNull;

import io.vertx.core.json.JsonObject;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * The settings of one worker, all of them checked: whoever holds one need not ask again. {@code
 * conf/rpc-config.schema.json} describes every key. Two are equal when they say the same. Immutable.
 */
public final class RpcConfig {
  private final ConfigNode node;

  private RpcConfig(Place at, JsonObject json) {
    this.node = ConfigNode.read(at, json, ConfigKeys.TOP);
    checkRank();
  }

  /**
   * The config in a JSON object, and nothing else: no environment changes what code says.
   *
   * @throws ConfigException naming the first key that cannot be used
   */
  public static RpcConfig from(JsonObject json) {
    return new RpcConfig(Place.TOP, requireNonNull(json, "json"));
  }

  static RpcConfig at(Place place, JsonObject json) {
    return new RpcConfig(place, json);
  }

  /**
   * The config in a JSON file, where nothing else says otherwise: environment variables, as {@code
   * VERTX_RPC_CLUSTER_PORT}, go before the file, system properties, as {@code vertx.rpc.cluster.port}, before them.
   * Waits for the disk.
   *
   * @throws ConfigException naming the file, or the first key in it, that cannot be used
   */
  public static RpcConfig load(String path) {
    return load(path, List.of());
  }

  /**
   * The same after each override, in order, has replaced one value: {@code cluster.port=0}, {@code
   * verticles.0.config.epochs=5}. What stands behind the {@code =} is JSON if it can be read as JSON, else a string.
   * Missing objects are created; one past the end of a list appends.
   *
   * @throws ConfigException naming the file, the variable, the property or the override, and the key, that cannot be
   *     used
   */
  public static RpcConfig load(String path, List<String> overrides) {
    return EffectiveConfig.load(Optional.of(path), overrides).config();
  }

  private void checkRank() {
    if (rank().isEmpty()) {
      return;
    }
    int rank = rank().getAsInt();
    if (name().endsWith(ConfigKeys.FREE)) {
      throw node.at(ConfigKeys.RANK).problem("found " + rank + ", expected no rank, because the name \""
          + name() + "\" is completed at join, and so is the rank");
    }
    if (worldSize().isPresent() && rank >= worldSize().getAsInt()) {
      throw node.at(ConfigKeys.RANK).refuse(rank, "an integer from 0 to " + (worldSize().getAsInt() - 1)
          + ", because worldSize is " + worldSize().getAsInt());
    }
  }

  /** The worker's name, unique in its group. One that ends in {@code -*} is completed at join. */
  public String name() {
    return node.get(ConfigKeys.NAME);
  }

  /** The group that the worker joins. */
  public String group() {
    return node.get(ConfigKeys.GROUP);
  }

  /** How many workers make a static group; empty for a group that workers join and leave at will. */
  public OptionalInt worldSize() {
    return optionalInt(ConfigKeys.WORLD_SIZE);
  }

  /** The worker's rank; empty where the group assigns one. */
  public OptionalInt rank() {
    return optionalInt(ConfigKeys.RANK);
  }

  /** The worker's tags, in the order written. */
  public Set<String> roles() {
    return Collections.unmodifiableSet(new LinkedHashSet<>(node.get(ConfigKeys.ROLES)));
  }

  /** How long joining may take, all of it. */
  public long joinTimeoutMs() {
    return node.get(ConfigKeys.JOIN_TIMEOUT_MS);
  }

  /** How long a call may take that says nothing else; 0 for no limit. */
  public long callTimeoutMs() {
    return node.get(ConfigKeys.CALL_TIMEOUT_MS);
  }

  /** How long one round of a collective may take. */
  public long collectiveTimeoutMs() {
    return node.get(ConfigKeys.COLLECTIVE_TIMEOUT_MS);
  }

  /** How long a graceful shutdown, which waits for the group, may take, all of it. */
  public long shutdownTimeoutMs() {
    return node.get(ConfigKeys.SHUTDOWN_TIMEOUT_MS);
  }

  /** How long leaving, which waits only for this worker's own calls, may take. */
  public long leaveTimeoutMs() {
    return node.get(ConfigKeys.LEAVE_TIMEOUT_MS);
  }

  /** What runs the functions that may block. */
  public ExecutorKind executor() {
    return node.get(ConfigKeys.EXECUTOR);
  }

  /** How many threads of the pool run them; how many at once on virtual threads. */
  public int blockingThreads() {
    return node.get(ConfigKeys.BLOCKING_THREADS);
  }

  /** How many calls of such functions may wait for a thread; those beyond are refused as overload. */
  public int blockingQueue() {
    return node.get(ConfigKeys.BLOCKING_QUEUE);
  }

  /** How long a peer may be silent, that this worker has business with, before it counts as lost. */
  public long leaseMs() {
    return node.get(ConfigKeys.LEASE_MS);
  }

  /** How long a function may keep the event loop before it is reported. */
  public long blockedLoopMs() {
    return node.get(ConfigKeys.BLOCKED_LOOP_MS);
  }

  /** Classes, or packages as {@code com.acme.*}, that may be called as if they were {@code @Remote}. */
  public List<String> expose() {
    return node.get(ConfigKeys.EXPOSE);
  }

  /** Whether callers see the stack traces of what functions here throw. */
  public boolean exposeStackTraces() {
    return node.get(ConfigKeys.EXPOSE_STACK_TRACES);
  }

  /** From how many bytes on arrays and buffers travel beside the encoded values. */
  public int bulkThresholdBytes() {
    return node.get(ConfigKeys.BULK_THRESHOLD_BYTES);
  }

  /**
   * Which way large arrays and buffers go to workers of other processes: {@code auto}, {@code shm}, {@code tcp} or
   * {@code bus}.
   */
  public String lane() {
    return node.get(ConfigKeys.LANE);
  }

  /** How large the memory may become that is shared with one worker of another process. */
  public int arenaBytes() {
    return node.get(ConfigKeys.ARENA_BYTES);
  }

  /**
   * How large all such memory of a Vert.x instance may become, and how much may be under way to it that is not whole;
   * the most that one of its workers says.
   */
  public int laneBytes() {
    return node.get(ConfigKeys.LANE_BYTES);
  }

  /** The interface where sockets for large values are listened to; empty for that of the event bus. */
  public Optional<String> laneHost() {
    return node.find(ConfigKeys.LANE_HOST);
  }

  /** The port there; 0 for any that is free. */
  public int lanePort() {
    return node.get(ConfigKeys.LANE_PORT);
  }

  /** Whether AutoCloseable values that functions made to be kept here are closed when nobody holds them. */
  public boolean closeReleasedValues() {
    return node.get(ConfigKeys.CLOSE_RELEASED_VALUES);
  }

  /** Whether it is noted where references are made, and on which way they come; that costs a look at the stack each. */
  public boolean trackRefSites() {
    return node.get(ConfigKeys.TRACK_REF_SITES);
  }

  /** Whether a graceful shutdown fails after which values that the worker keeps are still held elsewhere. */
  public boolean failOnLeak() {
    return node.get(ConfigKeys.FAIL_ON_LEAK);
  }

  /** How much the worker takes before it refuses. */
  public LimitsConfig limits() {
    return node.get(ConfigKeys.LIMITS);
  }

  /** What is to go wrong with what the worker sends; empty, except in tests. */
  public List<FaultConfig> faults() {
    return node.get(ConfigKeys.FAULTS);
  }

  /** The cluster to build; empty where the application brings a Vert.x of its own. */
  public Optional<ClusterConfig> cluster() {
    return node.find(ConfigKeys.CLUSTER);
  }

  /** What the command {@code vertx-rpc worker} deploys; {@code RpcWorker} in code ignores it. */
  public List<VerticleConfig> verticles() {
    return node.get(ConfigKeys.VERTICLES);
  }

  /** The effective config, defaults included; {@link #from} makes an equal one of it. */
  public JsonObject toJson() {
    return node.toJson();
  }

  private OptionalInt optionalInt(ConfigKey<Integer> key) {
    return node.find(key).map(OptionalInt::of).orElseGet(OptionalInt::empty);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof RpcConfig config && node.equals(config.node);
  }

  @Override
  public int hashCode() {
    return node.hashCode();
  }

  /** The effective config, on one line. */
  @Override
  public String toString() {
    return toJson().encode();
  }
}
