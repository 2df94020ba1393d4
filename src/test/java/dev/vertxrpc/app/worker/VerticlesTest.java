package dev.vertxrpc.app.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vertxrpc.config.ConfigException;
import dev.vertxrpc.config.RpcConfig;
import dev.vertxrpc.runtime.RpcVerticle;
import io.vertx.core.Deployable;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class VerticlesTest {
  private static final List<JsonObject> CONFIGS = new CopyOnWriteArrayList<>();

  private final Vertx vertx = Vertx.vertx();

  /** Notes its config. */
  public static final class Noting extends VerticleBase {
    @Override
    public Future<?> start() {
      CONFIGS.add(config());
      return Future.succeededFuture();
    }
  }

  @BeforeEach
  void forget() {
    CONFIGS.clear();
  }

  @AfterEach
  void close() throws Exception {
    vertx.close().await(10, TimeUnit.SECONDS);
  }

  @Test
  void refusesAClassThatIsNotThere() {
    assertThatThrownBy(() -> Verticles.of(config("com.acme.NoSuch")))
        .isInstanceOf(ConfigException.class)
        .hasMessage("verticles[1].class: found \"com.acme.NoSuch\", expected a class on the class path");
  }

  @Test
  void refusesAClassThatIsNoVerticle() {
    assertThatThrownBy(() -> Verticles.of(config("java.lang.String")))
        .isInstanceOf(ConfigException.class)
        .hasMessage("verticles[1].class: found \"java.lang.String\", expected a verticle with a public "
            + "constructor without arguments");
  }

  /** Not to be deployed. */
  public abstract static class Unfinished extends VerticleBase {}

  @Test
  void refusesWhatIsAbstract() {
    for (Class<?> type : List.of(Unfinished.class, Deployable.class)) {
      assertThatThrownBy(() -> Verticles.of(config(type.getName())))
          .isInstanceOf(ConfigException.class)
          .hasMessage("verticles[1].class: found \"" + type.getName()
              + "\", expected a verticle that is not abstract");
    }
  }

  @Test
  void refusesWorkerSettingsThatAreNoObject() {
    assertThatThrownBy(() -> Verticles.of(config(Noting.class, "{\"rpc\": \"x\"}")))
        .isInstanceOf(ConfigException.class)
        .hasMessage("verticles[0].config.rpc: found \"x\", expected an object");
  }

  @Test
  void namesTheWholePathOfABadKeyOfAWorker() {
    assertThatThrownBy(() -> Verticles.of(config(Working.class, "{\"rpc\": {\"callTimeoutMs\": -1}}")))
        .isInstanceOf(ConfigException.class)
        .hasMessageStartingWith("verticles[0].config.rpc.callTimeoutMs: found -1, expected ");
    assertThatThrownBy(() -> Verticles.of(config(Working.class, "{\"rpc\": {\"nmae\": \"x\"}}")))
        .isInstanceOf(ConfigException.class)
        .hasMessageStartingWith("verticles[0].config.rpc.nmae: unknown key");
  }

  @Test
  void asksAVerticleAboutItsConfig() {
    assertThatThrownBy(() -> Verticles.of(config(Working.class, "{\"odd\": 3}")))
        .isInstanceOf(ConfigException.class)
        .hasMessage("verticles[0].config.odd: found 3, expected nothing");
  }

  /** A worker that refuses one key. */
  public static final class Working extends RpcVerticle implements ConfigCheck {
    @Override
    public void checkConfig(JsonObject config) {
      if (config.containsKey("odd")) {
        throw ConfigException.found("odd", "" + config.getValue("odd"), "nothing");
      }
    }
  }

  private static RpcConfig config(Class<?> type, String config) {
    return RpcConfig.from(new JsonObject().put("name", "w").put("verticles", new JsonArray()
        .add(new JsonObject().put("class", type.getName()).put("config", new JsonObject(config)))));
  }

  private static RpcConfig config(String second) {
    return RpcConfig.from(new JsonObject().put("name", "w").put("verticles", new JsonArray()
        .add(new JsonObject().put("class", Noting.class.getName()).put("instances", 2)
            .put("config", new JsonObject("{\"mine\": 1, \"rpc\": {\"callTimeoutMs\": 7}}")))
        .add(second)));
  }

  @Test
  void givesEachInstanceItsConfigAndTheWorkersUnderRpc() throws Exception {
    Verticles.of(config(Noting.class.getName())).deploy(vertx).otherwiseEmpty().await();

    assertThat(CONFIGS).hasSize(3);
    assertThat(CONFIGS).extracting(config -> config.getInteger("mine")).containsExactlyInAnyOrder(1, 1, null);
    assertThat(CONFIGS).extracting(config -> config.getJsonObject("rpc").getInteger("callTimeoutMs"))
        .containsExactlyInAnyOrder(7, 7, 60_000);
    assertThat(CONFIGS).allSatisfy(config -> assertThat(RpcConfig.from(config.getJsonObject("rpc")))
        .matches(rpc -> rpc.name().equals("w") && rpc.cluster().isEmpty() && rpc.verticles().isEmpty()));
  }
}
