package dev.vertxrpc.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.math.BigInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RpcConfigRefusalTest {
  private static final String NAME_EXPECTED = "1 to 127 letters, digits, '-', '_' or ':'";
  private static final String WORKER_NAME_EXPECTED =
      NAME_EXPECTED + ", or at most 116 of them and then \"-*\"";

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
      # integers
      {"port": "abc"}      | cluster.port: found "abc", expected an integer from 0 to 65535
      {"port": "15701"}    | cluster.port: found "15701", expected an integer from 0 to 65535
      {"port": true}       | cluster.port: found true (a boolean), expected an integer from 0 to 65535
      {"port": {}}         | cluster.port: found an object, expected an integer from 0 to 65535
      {"port": []}         | cluster.port: found an array, expected an integer from 0 to 65535
      {"port": null}       | cluster.port: found null, expected an integer from 0 to 65535
      {"port": 1.5}        | cluster.port: found 1.5, expected an integer from 0 to 65535
      {"port": 65536}      | cluster.port: found 65536, expected an integer from 0 to 65535
      {"port": -1}         | cluster.port: found -1, expected an integer from 0 to 65535
      {"port": 4294967297} | cluster.port: found 4294967297, expected an integer from 0 to 65535
      {"port": 1e99}       | cluster.port: found 1.0E99, expected an integer from 0 to 65535
      # text
      {"name": " "}        | cluster.name: found " ", expected a name that is not blank
      {"name": 5}          | cluster.name: found 5 (a number), expected a name that is not blank
      {"host": "[::1]"}    | cluster.host: found "[::1]", expected a host name or an IP address, IPv6 \
      without brackets
      {"host": "a b"}      | cluster.host: found "a b", expected a host name or an IP address, IPv6 \
      without brackets
      # lists
      {"members": "a:1"}   | cluster.members: found "a:1", expected an array of at least one "host:port"
      {"members": []}      | cluster.members: found an empty array, expected an array of at least \
      one "host:port"
      {"members": ["a"]}   | cluster.members[0]: found "a", expected "host:port" with a port from 1 to \
      65535, an IPv6 address in brackets
      {"members": ["a:1", "b:2", "a:1"]} | cluster.members[2]: found "a:1" again, expected it once
      # one key against another
      {"heartbeatIntervalMs": 5000} | cluster.heartbeatTimeoutMs: found 5000, expected more than \
      heartbeatIntervalMs, which is 5000
      # unknown keys
      {"prot": 1}          | cluster.prot: unknown key, did you mean "port"?
      {"tls": true}        | cluster.tls: unknown key, expected one of name, host, port, members, \
      heartbeatIntervalMs, heartbeatTimeoutMs
      """)
  void refusesABadCluster(String cluster, String message) {
    assertRefused("{\"name\": \"w\", \"cluster\": " + cluster + "}", message);
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
      "group": "a.b"       | group: found "a.b", expected 1 to 127 letters, digits, '-', '_' or ':'
      "group": "g-*"       | group: found "g-*", expected 1 to 127 letters, digits, '-', '_' or ':'
      "worldSize": 0       | worldSize: found 0, expected an integer from 1 to 2147483647
      "worldSize": null    | worldSize: found null, expected an integer from 1 to 2147483647
      "rank": -1           | rank: found -1, expected an integer from 0 to 2147483647
      "rank": 2, "worldSize": 2 | rank: found 2, expected an integer from 0 to 1, because worldSize is 2
      "roles": "trainer"   | roles: found "trainer", expected an array of roles
      "roles": ["a b"]     | roles[0]: found "a b", expected 1 to 127 letters, digits, '-', '_' or ':'
      "roles": ["a", null] | roles[1]: found null, expected 1 to 127 letters, digits, '-', '_' or ':'
      "roles": ["a", "a"]  | roles[1]: found "a" again, expected it once
      "joinTimeoutMs": 0   | joinTimeoutMs: found 0, expected an integer from 1 to 2147483647
      "callTimeoutMs": -1  | callTimeoutMs: found -1, expected an integer from 0 to 2147483647
      "collectiveTimeoutMs": 0 | collectiveTimeoutMs: found 0, expected an integer from 1 to 2147483647
      "shutdownTimeoutMs": 0   | shutdownTimeoutMs: found 0, expected an integer from 1 to 2147483647
      "leaveTimeoutMs": 0      | leaveTimeoutMs: found 0, expected an integer from 1 to 2147483647
      "leaveTimeoutMs": 2147483648 | leaveTimeoutMs: found 2147483648, expected an integer from 1 to \
      2147483647
      "executor": "Pool"   | executor: found "Pool", expected "auto", "virtual" or "pool"
      "executor": 1        | executor: found 1 (a number), expected "auto", "virtual" or "pool"
      "lane": "udp"        | lane: found "udp", expected "auto", "shm", "tcp" or "bus"
      "laneBytes": 1000    | laneBytes: found 1000, expected an integer from 1048576 to 2147483647
      "laneHost": "a b"    | laneHost: found "a b", expected a host name or an IP address, IPv6 without brackets
      "lanePort": 65536    | lanePort: found 65536, expected an integer from 0 to 65535
      "arenaBytes": 1000   | arenaBytes: found 1000, expected an integer from 1048576 to 2147483647
      "blockingThreads": 0 | blockingThreads: found 0, expected an integer from 1 to 10000
      "blockingThreads": 10001 | blockingThreads: found 10001, expected an integer from 1 to 10000
      "blockingQueue": -1  | blockingQueue: found -1, expected an integer from 0 to 2147483647
      "cluster": []        | cluster: found an array, expected an object
      "cluster": null      | cluster: found null, expected an object
      "$schema": 1         | $schema: found 1 (a number), expected a string
      "verticles": {}      | verticles: found an object, expected an array of verticles
      "verticles": [5]     | verticles[0]: found 5 (a number), expected a class name or an object
      "verticles": [null]  | verticles[0]: found null, expected a class name or an object
      "verticles": [{}]    | verticles[0].class: missing, expected the name of a Java class
      "verticles": ["a.B", "a-b"]  | verticles[1].class: found "a-b", expected the name of a Java class
      "verticles": [{"class": "a.new"}] | verticles[0].class: found "a.new", expected the name of a Java class
      "verticles": [{"class": ""}]      | verticles[0].class: found "", expected the name of a Java class
      "verticles": [{"class": "a.B", "instances": 0}] | verticles[0].instances: found 0, expected an \
      integer from 1 to 10000
      "verticles": [{"class": "a.B", "config": []}] | verticles[0].config: found an array, expected an object
      "verticles": [{"class": "a.B", "conf": {}}]   | verticles[0].conf: unknown key, did you mean "config"?
      "expose": ["a.*.b"]  | expose[0]: found "a.*.b", expected the name of a class, or of a package and ".*"
      "exposeStackTraces": 1    | exposeStackTraces: found 1 (a number), expected true or false
      "limits": {"maxDepth": 0} | limits.maxDepth: found 0, expected an integer from 1 to 1000
      "limits": {"maxCallPerPeer": 1} | limits.maxCallPerPeer: unknown key, did you mean "maxCallsPerPeer"?
      "faults": [{"frame": "RELEASE", "action": "lose"}] | faults[0].action: found "lose", expected "drop", \
      "delay", "duplicate" or "reorder"
      "faults": [{"action": "drop"}] | faults[0].frame: missing, expected a type of frame, as RELEASE
      "world_size": 1      | world_size: unknown key, did you mean "worldSize"?
      "callTimeout": 1     | callTimeout: unknown key, did you mean "callTimeoutMs"?
      "a b": 1             | ["a b"]: unknown key, expected one of $schema, name, group, worldSize, rank, \
      roles, joinTimeoutMs, callTimeoutMs, collectiveTimeoutMs, shutdownTimeoutMs, leaveTimeoutMs, leaseMs, \
      executor, blockingThreads, blockingQueue, blockedLoopMs, expose, exposeStackTraces, bulkThresholdBytes, \
      lane, arenaBytes, laneBytes, laneHost, lanePort, closeReleasedValues, trackRefSites, failOnLeak, \
      limits, faults, cluster, verticles
      """)
  void refusesABadKey(String keys, String message) {
    assertRefused("{\"name\": \"w\", " + keys + "}", message);
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
      {}                  | name: missing, expected
      {"name": null}      | name: found null, expected
      {"name": 5}         | name: found 5 (a number), expected
      {"name": ""}        | name: found "", expected
      {"name": "-*"}      | name: found "-*", expected
      {"name": "a.b"}     | name: found "a.b", expected
      {"name": "a*"}      | name: found "a*", expected
      {"name": "a b-*"}   | name: found "a b-*", expected
      {"name": "a\\nb"}   | name: found "a\\nb", expected
      """)
  void refusesABadName(String json, String message) {
    assertRefused(json, message + " " + WORKER_NAME_EXPECTED);
  }

  @Test
  void refusesANameThatLeavesNoRoomForItsNumber() {
    String name = "w".repeat(117) + "-*";

    assertRefused(new JsonObject().put("name", name).encode(),
        "name: found \"" + "w".repeat(80) + "...\", expected " + WORKER_NAME_EXPECTED);
  }

  @Test
  void refusesARankForANameThatIsCompletedAtJoin() {
    assertRefused("{\"name\": \"w-*\", \"rank\": 0}", "rank: found 0, expected no rank, because the name "
        + "\"w-*\" is completed at join, and so is the rank");
  }

  @Test
  void reportsAnUnknownKeyBeforeABadValue() {
    assertRefused("{\"group\": 5, \"nmae\": \"w\"}", "nmae: unknown key, did you mean \"name\"?");
  }

  @Test
  void refusesNumbersThatAreNone() {
    JsonObject json = new JsonObject().put("name", "w");

    for (Number bad : new Number[] {Double.NaN, Double.POSITIVE_INFINITY, new BigDecimal("1e999999999"),
        new BigDecimal("1.00000000000000000001"), BigInteger.TWO.pow(70)}) {
      ConfigException refused = refusal(json.copy().put("rank", bad));

      assertThat(refused).hasMessage("rank: found " + bad + ", expected an integer from 0 to 2147483647");
    }
  }

  @Test
  void knowsThePathAndNoFile() {
    ConfigException refused = refusal(new JsonObject("{\"name\": \"w\", \"verticles\": [\"1\"]}"));

    assertThat(refused.path()).isEqualTo("verticles[0].class");
    assertThat(refused.file()).isEmpty();
  }

  @Test
  void leavesTheKeysOfAVerticleToTheApplication() {
    JsonObject json = new JsonObject("{\"name\": \"w\", \"verticles\": "
        + "[{\"class\": \"a.B\", \"config\": {\"nmae\": null, \"deep\": [{\"x\": null}]}}]}");

    assertThat(RpcConfig.from(json).verticles().get(0).config().encode())
        .isEqualTo("{\"nmae\":null,\"deep\":[{\"x\":null}]}");
  }

  private static void assertRefused(String json, String message) {
    assertThat(refusal(new JsonObject(json))).hasMessage(message);
  }

  private static ConfigException refusal(JsonObject json) {
    return catchThrowableOfType(ConfigException.class, () -> RpcConfig.from(json));
  }
}
