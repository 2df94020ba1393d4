package dev.vertxrpc.cluster;

import static dev.vertxrpc.testing.TestGroup.failure;
import static dev.vertxrpc.testing.TestGroup.get;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxrpc.RRef;
import dev.vertxrpc.RpcException;
import dev.vertxrpc.RpcFailure;
import dev.vertxrpc.testing.TestGroup;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Locale;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Functions of others, which cannot be annotated. */
class ExposeTest {
  private final TestGroup group = TestGroup.local(2, new JsonObject()
      .put("expose", new JsonArray().add("java.lang.Math").add("java.util.*")));

  @AfterEach
  void close() {
    group.close();
  }

  @Test
  @Tag("T023")
  @Tag("T036")
  void callsFunctionsOfALibrary() {
    assertThat(get(group.rpc(0).on("w1").call(Math::hypot, 3.0, 4.0))).isEqualTo(5);
    assertThat(get(group.rpc(0).on("w1").call(Locale::getISOLanguages))).isEqualTo(Locale.getISOLanguages());
  }

  @Test
  void callsMethodsOfAnObjectOfALibrary() {
    try (RRef<UUID> id = group.rpc(0).on("w1").remote(UUID::randomUUID)) {
      assertThat(get(id.call(UUID::version))).isEqualTo(4);
    }
  }

  @Test
  void saysWhatToWriteIntoTheConfig() {
    RpcException refused = (RpcException) failure(group.rpc(0).on("w1").call(Integer::toBinaryString, 6));

    assertThat(refused.failure()).isEqualTo(RpcFailure.NOT_EXPOSED);
    assertThat(refused).hasMessageContaining(
        "add \"expose\": [\"java.lang.Integer\"] to the config of the worker called");
  }
}
