package dev.vertxrpc.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RpcConfigTest {
  private static final JsonObject EVERY_KEY = new JsonObject("""
      {"$schema": "./rpc-config.schema.json", "name": "w1", "group": "g", "worldSize": 3, "rank": 2,
       "roles": ["trainer", "eval"], "joinTimeoutMs": 1, "callTimeoutMs": 0, "collectiveTimeoutMs": 2,
       "shutdownTimeoutMs": 3, "leaveTimeoutMs": 4, "leaseMs": 100, "executor": "pool", "blockingThreads": 5,
       "blockingQueue": 0, "blockedLoopMs": 7, "expose": ["com.acme.Ops", "com.lib.*"], "exposeStackTraces": false,
       "bulkThresholdBytes": 8, "lane": "bus", "arenaBytes": 1048576, "laneBytes": 2097152,
       "laneHost": "10.0.0.5", "lanePort": 15900, "closeReleasedValues": false,
       "trackRefSites": true, "failOnLeak": true,
       "limits": {"maxCallsPerPeer": 9, "maxBytesPerPeer": 10, "maxPayloadBytes": 11,
         "maxDepth": 12, "maxElements": 13},
       "faults": [{"frame": "RELEASE", "peer": "w0", "action": "drop", "count": 1, "times": 2, "delayMs": 3}],
       "cluster": {"name": "c", "host": "10.0.0.1", "port": 0, "members": ["a:1", "[::1]:2"],
         "heartbeatIntervalMs": 100, "heartbeatTimeoutMs": 101},
       "verticles": [{"class": "com.acme.Trainer", "instances": 2, "config": {"epochs": null}}]}""");

  @Test
  void fillsInEveryDefault() {
    RpcConfig config = RpcConfig.from(new JsonObject().put("name", "w0"));

    assertThat(config.toJson()).isEqualTo(new JsonObject("""
        {"name": "w0", "group": "default", "roles": [], "joinTimeoutMs": 60000, "callTimeoutMs": 60000,
         "collectiveTimeoutMs": 60000, "shutdownTimeoutMs": 60000, "leaveTimeoutMs": 10000,
         "leaseMs": 5000, "executor": "auto", "blockingThreads": 16, "blockingQueue": 10000, "blockedLoopMs": 1000,
         "expose": [],
         "exposeStackTraces": true, "bulkThresholdBytes": 16384, "lane": "auto", "arenaBytes": 268435456,
         "laneBytes": 1073741824, "lanePort": 0,
         "closeReleasedValues": true,
         "trackRefSites": false, "failOnLeak": false,
         "limits": {"maxCallsPerPeer": 100000, "maxBytesPerPeer": 268435456, "maxPayloadBytes": 268435456,
           "maxDepth": 200, "maxElements": 10000000},
         "faults": [], "verticles": []}"""));
    assertThat(config.worldSize()).isEmpty();
    assertThat(config.rank()).isEmpty();
    assertThat(config.cluster()).isEmpty();
  }

  @Test
  void readsWhoTheWorkerIs() {
    RpcConfig config = RpcConfig.from(EVERY_KEY);

    assertThat(config.name()).isEqualTo("w1");
    assertThat(config.group()).isEqualTo("g");
    assertThat(config.worldSize()).hasValue(3);
    assertThat(config.rank()).hasValue(2);
    assertThat(config.roles()).containsExactly("trainer", "eval");
  }

  @Test
  void readsLimits() {
    RpcConfig config = RpcConfig.from(EVERY_KEY);

    assertThat(List.of(config.joinTimeoutMs(), config.callTimeoutMs(), config.collectiveTimeoutMs(),
        config.shutdownTimeoutMs(), config.leaveTimeoutMs(), config.leaseMs()))
        .containsExactly(1L, 0L, 2L, 3L, 4L, 100L);
    assertThat(config.executor()).isEqualTo(ExecutorKind.POOL);
    assertThat(config.blockingThreads()).isEqualTo(5);
    assertThat(config.blockingQueue()).isZero();
    assertThat(config.blockedLoopMs()).isEqualTo(7);
    assertThat(config.bulkThresholdBytes()).isEqualTo(8);
    assertThat(config.lane()).isEqualTo("bus");
    assertThat(config.arenaBytes()).isEqualTo(1_048_576);
    assertThat(config.laneBytes()).isEqualTo(2_097_152);
    assertThat(config.laneHost()).hasValue("10.0.0.5");
    assertThat(config.lanePort()).isEqualTo(15_900);
    assertThat(config.limits()).isEqualTo(new LimitsConfig(9, 10, 11, 12, 13));
  }

  @Test
  void readsWhatBecomesOfReferences() {
    RpcConfig config = RpcConfig.from(EVERY_KEY);

    assertThat(config.closeReleasedValues()).isFalse();
    assertThat(config.trackRefSites()).isTrue();
    assertThat(config.failOnLeak()).isTrue();
  }

  @Test
  void readsWhatOthersMayCallAndSee() {
    RpcConfig config = RpcConfig.from(EVERY_KEY);

    assertThat(config.expose()).containsExactly("com.acme.Ops", "com.lib.*");
    assertThat(config.exposeStackTraces()).isFalse();
  }

  @Test
  void readsWhatIsToGoWrong() {
    assertThat(RpcConfig.from(EVERY_KEY).faults())
        .containsExactly(new FaultConfig("RELEASE", Optional.of("w0"), "drop", 1, 2, 3));
  }

  @Test
  void readsClusterAndVerticles() {
    RpcConfig config = RpcConfig.from(EVERY_KEY);

    assertThat(config.cluster()).contains(
        new ClusterConfig("c", "10.0.0.1", 0, List.of("a:1", "[::1]:2"), 100, 101));
    assertThat(config.verticles()).containsExactly(
        new VerticleConfig("com.acme.Trainer", 2, new JsonObject().putNull("epochs")));
  }

  @Test
  void writesWhatItReads() {
    RpcConfig config = RpcConfig.from(EVERY_KEY);

    assertThat(config.toJson()).isEqualTo(EVERY_KEY);
    assertThat(new JsonObject(config.toString())).isEqualTo(EVERY_KEY);
  }

  @Test
  void equalsWhatIsReadFromItsOwnJson() {
    for (String json : List.of(EVERY_KEY.encode(), "{'name': 'w', 'cluster': {}, 'verticles': ['a.B']}")) {
      RpcConfig config = RpcConfig.from(new JsonObject(json.replace('\'', '"')));

      RpcConfig again = RpcConfig.from(new JsonObject(config.toJson().encode()));

      assertThat(again).isEqualTo(config).hasSameHashCodeAs(config);
    }
  }

  @Test
  void differsWhereOneValueDiffers() {
    assertThat(RpcConfig.from(EVERY_KEY)).isNotEqualTo(RpcConfig.from(EVERY_KEY.copy().put("rank", 1)));
  }

  @Test
  void completesANameThatEndsInDashStar() {
    String longest = "w".repeat(116) + "-*";

    assertThat(RpcConfig.from(new JsonObject().put("name", "gateway-*")).name()).isEqualTo("gateway-*");
    assertThat(RpcConfig.from(new JsonObject().put("name", longest)).name()).isEqualTo(longest);
  }

  @Test
  void takesAWholeNumberHoweverItIsWritten() {
    JsonObject json = new JsonObject("{\"name\": \"w\", \"callTimeoutMs\": 6e4, \"joinTimeoutMs\": 5.0}");

    assertThat(RpcConfig.from(json).callTimeoutMs()).isEqualTo(60_000);
    assertThat(RpcConfig.from(json).joinTimeoutMs()).isEqualTo(5);
  }

  @Test
  void takesMapsAndListsAsVertxDoes() {
    JsonObject json = new JsonObject(
        Map.of("name", "w", "roles", List.of("r"), "cluster", Map.of("port", 0)));

    assertThat(RpcConfig.from(json).roles()).containsExactly("r");
    assertThat(RpcConfig.from(json).cluster().orElseThrow().port()).isZero();
  }

  @Test
  void doesNotChangeWithTheJsonItCameFromOrWentTo() {
    JsonObject json = EVERY_KEY.copy();
    RpcConfig config = RpcConfig.from(json);

    json.getJsonArray("roles").add("late");
    json.getJsonArray("verticles").getJsonObject(0).getJsonObject("config").put("late", 1);
    config.toJson().getJsonArray("roles").add("late");
    config.toJson().getJsonArray("verticles").getJsonObject(0).getJsonObject("config").put("late", 1);
    config.verticles().get(0).config().put("late", 1);

    assertThat(config.toJson()).isEqualTo(EVERY_KEY);
    assertThatThrownBy(() -> config.roles().add("late")).isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void defaultsOfOneConfigAreNotThoseOfAnother() {
    RpcConfig.from(new JsonObject().put("name", "w")).toJson().getJsonArray("roles").add("late");

    assertThat(RpcConfig.from(new JsonObject().put("name", "w")).toJson().getJsonArray("roles"))
        .isEqualTo(new JsonArray());
  }

  @Test
  void refusesNoJsonAtAll() {
    assertThatNullPointerException().isThrownBy(() -> RpcConfig.from(null)).withMessage("json");
  }
}
