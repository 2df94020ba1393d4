package dev.vertxrpc.config;

import static dev.vertxrpc.config.ConfigKey.optional;
import static dev.vertxrpc.config.ConfigKey.required;
import static dev.vertxrpc.config.ConfigKey.withDefault;

import dev.vertxrpc.WorkerInfo;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.lang.model.SourceVersion;

/**
 * Every key there is, with its default: the one place that says what may be written, beside {@code
 * conf/rpc-config.schema.json}, which a test holds against it. Immutable.
 */
final class ConfigKeys {
  /** The port where the first member of a cluster is looked for. */
  static final int CLUSTER_PORT = 15701;
  /** At the end of a name: a number that is free is put here at join. */
  static final String FREE = "-*";

  // 24 days: what is longer is a mistake, and would overflow once it is counted in nanoseconds.
  private static final int LONGEST_MS = Integer.MAX_VALUE;
  private static final int MOST_THREADS = 10_000;
  // Leaves room for the number within the 127 characters of a name.
  private static final int LONGEST_BEFORE_FREE = 116;

  private static final String NAME_TEXT = "1 to 127 letters, digits, '-', '_' or ':'";
  private static final Kind<String> NAME_KIND = Kind.text(NAME_TEXT, ConfigKeys::isName);
  private static final Kind<String> WORKER_NAME_KIND = Kind.text(
      NAME_TEXT + ", or at most " + LONGEST_BEFORE_FREE + " of them and then \"" + FREE + "\"",
      ConfigKeys::isWorkerName);
  private static final Kind<Integer> TIMEOUT_KIND = Kind.integer(1, LONGEST_MS);

  // Lets an editor find the schema; nothing else reads it.
  static final ConfigKey<String> SCHEMA = optional("$schema", Kind.text("a string", any -> true));
  static final ConfigKey<String> NAME = required("name", WORKER_NAME_KIND);
  static final ConfigKey<String> GROUP = withDefault("group", NAME_KIND, "default");
  static final ConfigKey<Integer> WORLD_SIZE = optional("worldSize", Kind.integer(1, Integer.MAX_VALUE));
  static final ConfigKey<Integer> RANK = optional("rank", Kind.integer(0, Integer.MAX_VALUE));
  static final ConfigKey<List<String>> ROLES =
      withDefault("roles", Kind.distinct("an array of roles", NAME_KIND), new JsonArray());
  static final ConfigKey<Integer> JOIN_TIMEOUT_MS = withDefault("joinTimeoutMs", TIMEOUT_KIND, 60_000);
  static final ConfigKey<Integer> CALL_TIMEOUT_MS =
      withDefault("callTimeoutMs", Kind.integer(0, LONGEST_MS), 60_000);
  static final ConfigKey<Integer> COLLECTIVE_TIMEOUT_MS =
      withDefault("collectiveTimeoutMs", TIMEOUT_KIND, 60_000);
  static final ConfigKey<Integer> SHUTDOWN_TIMEOUT_MS =
      withDefault("shutdownTimeoutMs", TIMEOUT_KIND, 60_000);
  static final ConfigKey<Integer> LEAVE_TIMEOUT_MS = withDefault("leaveTimeoutMs", TIMEOUT_KIND, 10_000);
  static final ConfigKey<Integer> LEASE_MS = withDefault("leaseMs", Kind.integer(100, LONGEST_MS), 5_000);
  static final ConfigKey<ExecutorKind> EXECUTOR =
      withDefault("executor", ExecutorKind.on(Runtime.version().feature()), "auto");
  static final ConfigKey<Integer> BLOCKING_THREADS =
      withDefault("blockingThreads", Kind.integer(1, MOST_THREADS), 16);
  static final ConfigKey<Integer> BLOCKING_QUEUE =
      withDefault("blockingQueue", Kind.integer(0, Integer.MAX_VALUE), 10_000);
  static final ConfigKey<Integer> BLOCKED_LOOP_MS = withDefault("blockedLoopMs", TIMEOUT_KIND, 1_000);
  static final ConfigKey<List<String>> EXPOSE = withDefault("expose",
      Kind.distinct("an array of class names, or of packages as \"com.acme.*\"", Kind.text(
          "the name of a class, or of a package and \".*\"", ConfigKeys::isExposable)), new JsonArray());
  static final ConfigKey<Boolean> EXPOSE_STACK_TRACES = withDefault("exposeStackTraces", Kind.bool(), true);
  static final ConfigKey<Integer> BULK_THRESHOLD_BYTES =
      withDefault("bulkThresholdBytes", Kind.integer(0, Integer.MAX_VALUE), 16 * 1024);
  static final ConfigKey<String> LANE = withDefault("lane", Kind.text(
      "\"auto\", \"shm\", \"tcp\" or \"bus\"", List.of("auto", "shm", "tcp", "bus")::contains), "auto");
  static final ConfigKey<Integer> ARENA_BYTES =
      withDefault("arenaBytes", Kind.integer(1024 * 1024, Integer.MAX_VALUE), 256 * 1024 * 1024);
  static final ConfigKey<Integer> LANE_BYTES =
      withDefault("laneBytes", Kind.integer(1024 * 1024, Integer.MAX_VALUE), 1024 * 1024 * 1024);
  static final ConfigKey<String> LANE_HOST = optional("laneHost",
      Kind.text("a host name or an IP address, IPv6 without brackets", Address::isHost));
  static final ConfigKey<Integer> LANE_PORT = withDefault("lanePort", Kind.integer(0, 65535), 0);
  static final ConfigKey<Boolean> CLOSE_RELEASED_VALUES = withDefault("closeReleasedValues", Kind.bool(), true);
  static final ConfigKey<Boolean> TRACK_REF_SITES = withDefault("trackRefSites", Kind.bool(), false);
  static final ConfigKey<Boolean> FAIL_ON_LEAK = withDefault("failOnLeak", Kind.bool(), false);
  static final ConfigKey<LimitsConfig> LIMITS = withDefault("limits", LimitsConfig.kind(), new JsonObject());
  static final ConfigKey<List<FaultConfig>> FAULTS =
      withDefault("faults", Kind.list("an array of faults", FaultConfig.kind()), new JsonArray());
  static final ConfigKey<ClusterConfig> CLUSTER = optional("cluster", ClusterConfig.kind());
  static final ConfigKey<List<VerticleConfig>> VERTICLES =
      withDefault("verticles", Kind.list("an array of verticles", VerticleConfig.kind()), new JsonArray());

  // Which types of frame there are, the wire knows.
  static final ConfigKey<String> FRAME = required("frame", Kind.text("a type of frame, as RELEASE",
      Pattern.compile("[A-Z]+").asMatchPredicate()));
  static final ConfigKey<String> PEER = optional("peer", NAME_KIND);
  static final ConfigKey<String> ACTION = required("action", Kind.text("\"drop\", \"delay\", \"duplicate\" or"
      + " \"reorder\"", List.of("drop", "delay", "duplicate", "reorder")::contains));
  static final ConfigKey<Integer> COUNT = withDefault("count", Kind.integer(1, Integer.MAX_VALUE), Integer.MAX_VALUE);
  static final ConfigKey<Integer> TIMES = withDefault("times", Kind.integer(1, 1_000), 1);
  static final ConfigKey<Integer> DELAY_MS = withDefault("delayMs", Kind.integer(0, LONGEST_MS), 100);

  static final ConfigKey<Integer> MAX_CALLS_PER_PEER =
      withDefault("maxCallsPerPeer", Kind.integer(1, Integer.MAX_VALUE), 100_000);
  static final ConfigKey<Integer> MAX_BYTES_PER_PEER =
      withDefault("maxBytesPerPeer", Kind.integer(1, Integer.MAX_VALUE), 256 * 1024 * 1024);
  static final ConfigKey<Integer> MAX_PAYLOAD_BYTES =
      withDefault("maxPayloadBytes", Kind.integer(1, Integer.MAX_VALUE), 256 * 1024 * 1024);
  static final ConfigKey<Integer> MAX_DEPTH = withDefault("maxDepth", Kind.integer(1, 1_000), 200);
  static final ConfigKey<Integer> MAX_ELEMENTS =
      withDefault("maxElements", Kind.integer(1, Integer.MAX_VALUE), 10_000_000);

  static final ConfigKey<String> CLUSTER_NAME =
      withDefault("name", Kind.text("a name that is not blank", text -> !text.isBlank()), "vertx-rpc");
  static final ConfigKey<String> HOST = withDefault("host",
      Kind.text("a host name or an IP address, IPv6 without brackets", Address::isHost), "127.0.0.1");
  static final ConfigKey<Integer> PORT = withDefault("port", Kind.integer(0, 65535), CLUSTER_PORT);
  static final ConfigKey<List<String>> MEMBERS = optional("members", members());
  static final ConfigKey<Integer> HEARTBEAT_INTERVAL_MS =
      withDefault("heartbeatIntervalMs", TIMEOUT_KIND, 1_000);
  static final ConfigKey<Integer> HEARTBEAT_TIMEOUT_MS =
      withDefault("heartbeatTimeoutMs", TIMEOUT_KIND, 5_000);

  static final ConfigKey<String> CLASS = required("class", Kind.text("the name of a Java class",
      SourceVersion::isName));
  static final ConfigKey<Integer> INSTANCES = withDefault("instances", Kind.integer(1, MOST_THREADS), 1);
  // The keys in it, and their nulls, are the application's.
  static final ConfigKey<JsonObject> CONFIG = withDefault("config", new Kind<>("an object", (at, json) -> {
    if (!(json instanceof JsonObject object)) {
      throw at.refuseType(json, "an object");
    }
    return object.copy();
  }, JsonObject::copy), new JsonObject());

  /** The keys at the top. */
  static final List<ConfigKey<?>> TOP = List.of(SCHEMA, NAME, GROUP, WORLD_SIZE, RANK, ROLES,
      JOIN_TIMEOUT_MS, CALL_TIMEOUT_MS, COLLECTIVE_TIMEOUT_MS, SHUTDOWN_TIMEOUT_MS, LEAVE_TIMEOUT_MS,
      LEASE_MS, EXECUTOR, BLOCKING_THREADS, BLOCKING_QUEUE, BLOCKED_LOOP_MS, EXPOSE, EXPOSE_STACK_TRACES,
      BULK_THRESHOLD_BYTES, LANE, ARENA_BYTES, LANE_BYTES, LANE_HOST, LANE_PORT, CLOSE_RELEASED_VALUES,
      TRACK_REF_SITES, FAIL_ON_LEAK, LIMITS, FAULTS, CLUSTER, VERTICLES);
  /** The keys of an element of {@code faults}. */
  static final List<ConfigKey<?>> OF_FAULT = List.of(FRAME, PEER, ACTION, COUNT, TIMES, DELAY_MS);
  /** The keys of {@code limits}. */
  static final List<ConfigKey<?>> OF_LIMITS =
      List.of(MAX_CALLS_PER_PEER, MAX_BYTES_PER_PEER, MAX_PAYLOAD_BYTES, MAX_DEPTH, MAX_ELEMENTS);
  /** The keys of {@code cluster}. */
  static final List<ConfigKey<?>> OF_CLUSTER =
      List.of(CLUSTER_NAME, HOST, PORT, MEMBERS, HEARTBEAT_INTERVAL_MS, HEARTBEAT_TIMEOUT_MS);
  /** The keys of an element of {@code verticles}. */
  static final List<ConfigKey<?>> OF_VERTICLE = List.of(CLASS, INSTANCES, CONFIG);

  private ConfigKeys() {}

  /** The paths of all keys that have a value of their own, not those of objects that others are in. */
  static List<String> paths() {
    return TOP.stream().filter(key -> key != SCHEMA).flatMap(key -> {
      List<ConfigKey<?>> inside = key == LIMITS ? OF_LIMITS : key == CLUSTER ? OF_CLUSTER : List.of();
      return inside.isEmpty() ? Stream.of(key.name()) : inside.stream().map(each -> key.name() + "." + each.name());
    }).toList();
  }

  private static boolean isName(String text) {
    return WorkerInfo.NAME.matcher(text).matches();
  }

  private static boolean isWorkerName(String text) {
    if (!text.endsWith(FREE)) {
      return isName(text);
    }
    String before = text.substring(0, text.length() - FREE.length());
    return isName(before) && before.length() <= LONGEST_BEFORE_FREE;
  }

  private static boolean isExposable(String text) {
    return SourceVersion.isName(text.endsWith(".*") ? text.substring(0, text.length() - 2) : text);
  }

  private static Kind<List<String>> members() {
    String expected = "an array of at least one \"host:port\"";
    Kind<List<String>> list = Kind.distinct(expected,
        Kind.text("\"host:port\" with a port from 1 to 65535, an IPv6 address in brackets",
            text -> Address.parse(text).isPresent()));
    return new Kind<>(expected, (at, json) -> {
      List<String> members = list.read(at, json);
      if (members.isEmpty()) {
        throw at.problem("found an empty array, expected " + expected);
      }
      return members;
    }, list.writer());
  }
}
