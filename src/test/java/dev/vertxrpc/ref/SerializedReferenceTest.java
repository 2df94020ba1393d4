package dev.vertxrpc.ref;

import static dev.vertxrpc.testing.TestGroup.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.vertxrpc.RRef;
import dev.vertxrpc.cluster.Counter;
import dev.vertxrpc.testing.TestGroup;
import io.vertx.core.json.EncodeException;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.NotSerializableException;
import java.io.ObjectOutputStream;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** References outside of calls, where nobody would count them. */
class SerializedReferenceTest {
  private static final String WHY = " cannot be serialized: references travel in calls only";

  private final TestGroup group = TestGroup.local(2);
  private final RRef<Counter> there = group.rpc(0).on("w1").create(Counter::new, 1);
  private final RRef<Counter> here = group.rpc(0).own(new Counter(2));

  @AfterEach
  void close() {
    assertThat(get(group.rpc(0).on("w1").call(RefOps::sumOf, new RefOps.Pair(there, here)))).isEqualTo(3);
    there.close();
    here.close();
    group.close();
  }

  @Test
  void areRefusedByJson() {
    for (RRef<Counter> ref : List.of(there, here)) {
      assertThatThrownBy(() -> Json.encode(ref)).isInstanceOf(EncodeException.class)
          .hasMessageContaining(ref + WHY);
      assertThatThrownBy(() -> JsonObject.of("ref", ref).encode()).isInstanceOf(EncodeException.class)
          .hasMessageContaining(ref + WHY);
    }
  }

  @Test
  void areRefusedByAnObjectMapper() {
    ObjectMapper mapper = new ObjectMapper();

    assertThatThrownBy(() -> mapper.writeValueAsString(there)).isInstanceOf(JsonMappingException.class)
        .hasMessageContaining(there + WHY);
    assertThatThrownBy(() -> mapper.writeValueAsString(Map.of("pair", new RefOps.Pair(there, here))))
        .isInstanceOf(JsonMappingException.class).hasMessageContaining(there + WHY);
    assertThatThrownBy(() -> mapper.convertValue(here, Object.class)).isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(here + WHY);
  }

  @Test
  void areRefusedByJavaSerialization() throws IOException {
    try (ObjectOutputStream out = new ObjectOutputStream(new ByteArrayOutputStream())) {
      assertThatThrownBy(() -> out.writeObject(there)).isInstanceOf(NotSerializableException.class)
          .hasMessageContaining(there + WHY);
      assertThatThrownBy(() -> out.writeObject(List.of(here))).isInstanceOf(NotSerializableException.class)
          .hasMessageContaining(here + WHY);
    }
  }
}
