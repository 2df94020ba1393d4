package dev.vertxrpc.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds {@code conf/rpc-config.schema.json} against {@link ConfigKeys}. */
class SchemaTest {
  /** An object of the schema, and the keys that the parser knows in it. */
  private record Part(String name, JsonObject schema, List<ConfigKey<?>> table) {
    @Override
    public String toString() {
      return name;
    }
  }

  /** A key that the schema describes and the parser knows. */
  private record Property(String name, JsonObject schema, ConfigKey<?> key) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Part> parts() throws IOException {
    JsonObject schema = schema();
    JsonObject parts = schema.getJsonObject("$defs");
    return Stream.of(new Part("top", schema, ConfigKeys.TOP),
        new Part("fault", parts.getJsonObject("fault"), ConfigKeys.OF_FAULT),
        new Part("limits", parts.getJsonObject("limits"), ConfigKeys.OF_LIMITS),
        new Part("cluster", parts.getJsonObject("cluster"), ConfigKeys.OF_CLUSTER),
        new Part("verticle", parts.getJsonObject("verticle"), ConfigKeys.OF_VERTICLE));
  }

  static Stream<Property> properties() throws IOException {
    JsonObject definitions = schema().getJsonObject("$defs");
    return parts().flatMap(part -> part.table().stream().map(key -> new Property(
        part.name() + "." + key.name(),
        resolve(definitions, part.schema().getJsonObject("properties").getJsonObject(key.name())), key)));
  }

  static Stream<Property> integers() throws IOException {
    return properties().filter(property -> "integer".equals(property.schema().getString("type")));
  }

  static Stream<Property> patterns() throws IOException {
    return properties().filter(property -> property.schema().containsKey("pattern"));
  }

  @ParameterizedTest
  @MethodSource("parts")
  void describesExactlyTheKeysThereAre(Part part) {
    List<String> known = part.table().stream().map(ConfigKey::name).toList();
    List<String> required = part.table().stream().filter(ConfigKey::required).map(ConfigKey::name).toList();

    assertThat(part.schema().getJsonObject("properties").fieldNames())
        .containsExactlyInAnyOrderElementsOf(known);
    assertThat(part.schema().getBoolean("additionalProperties")).isFalse();
    assertThat(part.schema().getJsonArray("required", new JsonArray())).isEqualTo(new JsonArray(required));
  }

  @ParameterizedTest
  @MethodSource("properties")
  void givesTheDefaultThatIsTaken(Property property) {
    assertThat(Optional.ofNullable(property.schema().getValue("default")))
        .isEqualTo(property.key().fallback());
    assertThat(property.schema().getString("description")).isNotBlank();
  }

  @ParameterizedTest
  @MethodSource("integers")
  void givesTheRangeThatIsTaken(Property property) {
    long min = property.schema().getLong("minimum");
    long max = property.schema().getLong("maximum");

    assertThat(Stream.of(min - 1, min, max, max + 1).map(value -> isTaken(property.key(), value)))
        .containsExactly(false, true, true, false);
  }

  @ParameterizedTest
  @MethodSource("patterns")
  void allowsExactlyTheTextThatIsTaken(Property property) {
    Pattern pattern = Pattern.compile(property.schema().getString("pattern"));

    for (String text : List.of("w", "w-*", "w".repeat(127), "w".repeat(128), "w".repeat(116) + "-*",
        "w".repeat(117) + "-*", "", " ", "a b", "-*", "a.b")) {
      assertThat(isTaken(property.key(), text)).as(text).isEqualTo(pattern.matcher(text).find());
    }
  }

  @Test
  void listsTheKindsOfExecutor() throws IOException {
    Object[] kinds = Stream.of(ExecutorKind.values()).map(ExecutorKind::text).toArray();

    assertThat(schema().getJsonObject("properties").getJsonObject("executor").getJsonArray("enum"))
        .isEqualTo(JsonArray.of(kinds));
  }

  private static boolean isTaken(ConfigKey<?> key, Object value) {
    try {
      key.kind().read(Place.TOP, value);
      return true;
    } catch (ConfigException refused) {
      return false;
    }
  }

  private static JsonObject schema() throws IOException {
    return new JsonObject(Files.readString(Path.of("conf", "rpc-config.schema.json")));
  }

  private static JsonObject resolve(JsonObject definitions, JsonObject property) {
    if (property == null) {
      return new JsonObject(); // one of the tests says that it is missing
    }
    String reference = property.getString("$ref", "").replace("#/$defs/", "");
    return definitions.getJsonObject(reference, new JsonObject()).copy().mergeIn(property);
  }
}
