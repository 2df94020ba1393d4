package dev.vertxrpc.app.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vertxrpc.config.ConfigException;
import dev.vertxrpc.config.RpcConfig;
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

  private static RpcConfig config(String second) {
    return RpcConfig.from(new JsonObject().put("name", "w").put("verticles", new JsonArray()
        .add(new JsonObject().put("class", Noting.class.getName()).put("instances", 2)
            .put("config", new JsonObject("{\"mine\": 1, \"rpc\": {\"callTimeoutMs\": 7}}")))
        .add(second)));
  }

  @Test
  void givesEachInstanceItsConfigAndTheWorkersUnderRpc() {
    Verticles.of(config(Noting.class.getName())).deploy(vertx).otherwiseEmpty().await();

    assertThat(CONFIGS).hasSize(3);
    assertThat(CONFIGS).extracting(config -> config.getInteger("mine")).containsExactlyInAnyOrder(1, 1, null);
    assertThat(CONFIGS).extracting(config -> config.getJsonObject("rpc").getInteger("callTimeoutMs"))
        .containsExactlyInAnyOrder(7, 7, 60_000);
    assertThat(CONFIGS).allSatisfy(config -> assertThat(RpcConfig.from(config.getJsonObject("rpc")))
        .matches(rpc -> rpc.name().equals("w") && rpc.cluster().isEmpty() && rpc.verticles().isEmpty()));
  }
}
