package dev.vertxrpc.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProcessSettingsTest {
  @TempDir
  private Path directory;

  @Test
  void theEnvironmentGoesBeforeTheFileThePropertiesBeforeItAndOverridesBeforeAll() throws IOException {
    Map<String, String> environment = Map.of("VERTX_RPC_CALL_TIMEOUT_MS", "2", "VERTX_RPC_JOIN_TIMEOUT_MS", "2",
        "VERTX_RPC_LEAVE_TIMEOUT_MS", "2", "PATH", "/bin");
    Map<String, String> properties = Map.of("vertx.rpc.joinTimeoutMs", "3", "vertx.rpc.leaveTimeoutMs", "3",
        "java.version", "17");

    RpcConfig config = load("{'name': 'w', 'callTimeoutMs': 1, 'joinTimeoutMs': 1, 'leaveTimeoutMs': 1,"
        + " 'shutdownTimeoutMs': 1}", environment, properties, "leaveTimeoutMs=4").config();

    assertThat(List.of(config.shutdownTimeoutMs(), config.callTimeoutMs(), config.joinTimeoutMs(),
        config.leaveTimeoutMs())).containsExactly(1L, 2L, 3L, 4L);
  }

  @Test
  void reachNestedKeysAndReadJson() throws IOException {
    RpcConfig config = load("{'name': 'w', 'verticles': ['a.B']}", Map.of("VERTX_RPC_CLUSTER_PORT", "0",
        "VERTX_RPC_LIMITS_MAX_DEPTH", "9", "VERTX_RPC_ROLES", "[\"a\"]", "VERTX_RPC_GROUP", "g"),
        Map.of("vertx.rpc.verticles.0.instances", "2")).config();

    assertThat(config.cluster().orElseThrow().port()).isZero();
    assertThat(config.limits().maxDepth()).isEqualTo(9);
    assertThat(config.roles()).containsExactly("a");
    assertThat(config.group()).isEqualTo("g");
    assertThat(config.verticles().get(0).instances()).isEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      VERTX_RPC_CLUSTER_PORT    | abc | cluster.port: found "abc", expected an integer from 0
      VERTX_RPC_RANK            | ''  | rank: found "", expected an integer from 0
      VERTX_RPC_CAL_TIMEOUT_MS  | 1   | unknown, did you mean VERTX_RPC_CALL_TIMEOUT_MS?
      VERTX_RPC_NO_SUCH_SETTING | 1   | unknown, expected VERTX_RPC_ and one of the keys
      """)
  void refuseAVariableAsTheFileIsRefused(String name, String value, String message) {
    assertThat(catchThrowableOfType(ConfigException.class, () -> load("{'name': 'w'}", Map.of(name, value), Map.of())))
        .hasMessageStartingWith("environment variable " + name + ": " + message);
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      vertx.rpc.callTimeoutMs | -1 | callTimeoutMs: found -1, expected an integer
      vertx.rpc.calTimeoutMs  | 1  | calTimeoutMs: unknown key, did you mean "callTimeoutMs"?
      vertx.rpc.              | 1  | expected key.path=value
      """)
  void refuseAPropertyAsTheFileIsRefused(String name, String value, String message) {
    assertThat(catchThrowableOfType(ConfigException.class, () -> load("{'name': 'w'}", Map.of(), Map.of(name, value))))
        .hasMessageStartingWith("system property " + name + ": " + message);
  }

  @Test
  void eachValueIsToldWithItsSource() throws IOException {
    Map<String, EffectiveConfig.Value> values = load("{'name': 'w', 'limits': {'maxDepth': 5, 'maxElements': 5},"
        + " 'verticles': ['a.B']}", Map.of("VERTX_RPC_LIMITS_MAX_DEPTH", "6"), Map.of("vertx.rpc.group", "g"),
        "verticles.0.instances=2", "group=h").values();

    assertThat(values.get("name")).isEqualTo(new EffectiveConfig.Value("w", file()));
    assertThat(values.get("group")).isEqualTo(new EffectiveConfig.Value("h", "override \"group=h\""));
    assertThat(values.get("limits.maxDepth"))
        .isEqualTo(new EffectiveConfig.Value(6, "environment variable VERTX_RPC_LIMITS_MAX_DEPTH"));
    assertThat(values.get("limits.maxElements")).isEqualTo(new EffectiveConfig.Value(5, file()));
    assertThat(values.get("verticles").source()).isEqualTo(file() + ", override \"verticles.0.instances=2\"");
    assertThat(values.get("worldSize")).isEqualTo(new EffectiveConfig.Value(null, "default"));
    assertThat(values.get("cluster.members"))
        .isEqualTo(new EffectiveConfig.Value(new JsonArray().add("127.0.0.1:15701"), "default"));
  }

  @Test
  void withoutAFileOnlyTheNameIsMissing() {
    Map<String, EffectiveConfig.Value> values =
        EffectiveConfig.load(Optional.empty(), ProcessSettings.NONE, List.of()).values();

    assertThat(values.get("name")).isEqualTo(new EffectiveConfig.Value(null, "required"));
    assertThat(values.get("callTimeoutMs")).isEqualTo(new EffectiveConfig.Value(60_000, "default"));
    assertThat(values.keySet()).containsExactlyElementsOf(ConfigKeys.paths());
  }

  @Test
  void doNotTouchWhatCodeSays() {
    System.setProperty("vertx.rpc.callTimeoutMs", "7");
    try {
      assertThat(RpcConfig.from(new JsonObject().put("name", "w")).callTimeoutMs()).isEqualTo(60_000);
    } finally {
      System.clearProperty("vertx.rpc.callTimeoutMs");
    }
  }

  private EffectiveConfig load(String json, Map<String, String> environment, Map<String, String> properties,
                               String... overrides) throws IOException {
    Files.writeString(Path.of(file()), json.replace('\'', '"'));
    return EffectiveConfig.load(Optional.of(file()), new ProcessSettings(environment, properties), List.of(overrides));
  }

  private String file() {
    return directory.resolve("x.json").toString();
  }
}
