package dev.vertxrpc.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VerticleConfigTest {
  @Test
  void readsAClassAlone() {
    assertThat(verticle("com.acme.Trainer"))
        .isEqualTo(new VerticleConfig("com.acme.Trainer", 1, new JsonObject()));
  }

  @Test
  void readsAnObject() {
    VerticleConfig verticle = new VerticleConfig("com.acme.Trainer", 2, new JsonObject().put("epochs", 5));

    assertThat(verticle(verticle.toJson())).isEqualTo(verticle);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Trainer", "com.acme.Outer$Inner", "com.acme.Tra\u00efner_1"})
  void takesNamesOfClasses(String type) {
    assertThat(verticle(type).type()).isEqualTo(type);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "1a", "a..B", ".a", "a.", "a/B", "a.class", "java:a.B", "a.B "})
  void refusesWhatNamesNoClass(String type) {
    assertThatThrownBy(() -> new VerticleConfig(type, 1, new JsonObject()))
        .hasMessage("verticles[].class: found \"" + type + "\", expected the name of a Java class");
  }

  @Test
  void keepsItsConfigToItself() {
    JsonObject config = new JsonObject().put("deep", new JsonObject());
    VerticleConfig verticle = new VerticleConfig("a.B", 1, config);

    config.put("late", 1);
    verticle.config().getJsonObject("deep").put("late", 1);

    assertThat(verticle.config().encode()).isEqualTo("{\"deep\":{}}");
  }

  private static VerticleConfig verticle(Object json) {
    return RpcConfig.from(new JsonObject().put("name", "w").put("verticles", new JsonArray().add(json)))
        .verticles().get(0);
  }
}
