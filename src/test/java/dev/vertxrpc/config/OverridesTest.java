package dev.vertxrpc.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OverridesTest {
  @TempDir
  private Path directory;

  @Test
  void replacesAValueOfTheFile() throws IOException {
    RpcConfig config = load("{'name': 'w', 'cluster': {'port': 1, 'host': '::1'}}", "cluster.port=0",
        "name=v");

    assertThat(config.name()).isEqualTo("v");
    assertThat(config.cluster().orElseThrow().port()).isZero();
    assertThat(config.cluster().orElseThrow().host()).isEqualTo("::1");
  }

  @Test
  void createsObjectsThatAreMissing() throws IOException {
    RpcConfig config = load("{'name': 'w'}", "cluster.port=0");

    assertThat(config.cluster().orElseThrow().port()).isZero();
  }

  @Test
  void readsJsonAndTakesTheRestAsText() throws IOException {
    RpcConfig config = load("{'name': 'w'}", "roles=[\"a\", \"b\"]", "group=007", "name=\"8\"",
        "cluster.name=a=b");

    assertThat(config.roles()).containsExactly("a", "b");
    assertThat(config.group()).isEqualTo("007");
    assertThat(config.name()).isEqualTo("8");
    assertThat(config.cluster().orElseThrow().name()).isEqualTo("a=b");
  }

  @Test
  void addressesElementsByNumber() throws IOException {
    RpcConfig config = load("{'name': 'w', 'roles': ['a', 'b']}", "roles.1=c", "roles.2=d");

    assertThat(config.roles()).containsExactly("a", "c", "d");
  }

  @Test
  void reachesIntoTheConfigOfAVerticle() throws IOException {
    RpcConfig config = load("{'name': 'w', 'verticles': ['a.B', {'class': 'a.C', 'config': {'epochs': 1}}]}",
        "verticles.0.config.deep.epochs=5", "verticles.1.config.epochs=6", "verticles.2.class=a.D");

    assertThat(config.verticles()).containsExactly(
        new VerticleConfig("a.B", 1, new JsonObject("{\"deep\": {\"epochs\": 5}}")),
        new VerticleConfig("a.C", 1, new JsonObject("{\"epochs\": 6}")),
        new VerticleConfig("a.D", 1, new JsonObject()));
  }

  @Test
  void letsTheLastOverrideWin() throws IOException {
    assertThat(load("{'name': 'w'}", "group=a", "group=b").group()).isEqualTo("b");
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
      name             | override "name": expected key.path=value
      =5               | override "=5": expected key.path=value
      cluster..port=5  | override "cluster..port=5": expected key.path=value
      name.x=5         | override "name.x=5": name: found "w", expected an object or an array
      roles.2=x        | override "roles.2=x": roles: found "2", expected the number of an element, 0 to 1
      roles.-1=x       | override "roles.-1=x": roles: found "-1", expected the number of an element, 0 to 1
      rank=abc         | override "rank=abc": rank: found "abc", expected an integer from 0 to 2147483647
      rank=null        | override "rank=null": rank: found null, expected an integer from 0 to 2147483647
      rank=            | override "rank=": rank: found "", expected an integer from 0 to 2147483647
      cluster.prot=1   | override "cluster.prot=1": cluster.prot: unknown key, did you mean "port"?
      cluster={"port":-1} | override "cluster={\\"port\\":-1}": cluster.port: found -1, expected an integer \
      from 0 to 65535
      verticles.0.instances=2 | override "verticles.0.instances=2": verticles[0].class: missing, \
      expected the name of a Java class
      """)
  void namesABadOverride(String override, String message) {
    ConfigException refused = refusal("{'name': 'w', 'roles': ['a'], 'verticles': []}", override);

    assertThat(refused).hasMessage(message);
    assertThat(refused.file()).isEmpty();
  }

  @Test
  void blamesTheOverrideThatWroteLast() {
    assertThat(refusal("{'name': 'w'}", "cluster.port=a", "cluster.host=::1", "group=g"))
        .hasMessageStartingWith("override \"cluster.port=a\": cluster.port: found \"a\"");
    assertThat(refusal("{'name': 'w'}", "cluster.port=a", "cluster={\"port\":true}"))
        .hasMessageStartingWith("override \"cluster={\\\"port\\\":true}\": cluster.port: found true");
  }

  @Test
  void blamesTheFileForWhatItSays() {
    ConfigException refused = refusal("{'name': 'w', 'rank': -1, 'cluster': {'port': -1}}",
        "rank=0", "cluster.host=::1");

    assertThat(refused.file()).contains(file());
    assertThat(refused).hasMessageStartingWith(file() + ": cluster.port: found -1");
  }

  private RpcConfig load(String json, String... overrides) throws IOException {
    Files.writeString(Path.of(file()), json.replace('\'', '"'));
    return RpcConfig.load(file(), List.of(overrides));
  }

  private ConfigException refusal(String json, String... overrides) {
    return catchThrowableOfType(ConfigException.class, () -> load(json, overrides));
  }

  private String file() {
    return directory.resolve("x.json").toString();
  }
}
