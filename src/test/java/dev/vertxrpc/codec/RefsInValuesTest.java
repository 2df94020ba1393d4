package dev.vertxrpc.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.vertxrpc.RRef;
import dev.vertxrpc.RpcException;
import dev.vertxrpc.RpcFailure;
import dev.vertxrpc.codec.ValueCodec.Encoded;
import io.vertx.core.buffer.Buffer;
import java.lang.reflect.Type;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RefsInValuesTest {
  private static final Type REF_OF_STRING = new TypeReference<RRef<String>>() { }.getType();

  private final ValueCodec codec = Values.codec();

  @Test
  void replacesRefsInEveryPosition() {
    RRef<String> one = Refs.fake("one");
    RRef<List<String>> two = Refs.fake("two");
    RRef<?> three = Refs.fake("three");
    RRef<Values.Line> four = Refs.fake("four");
    @SuppressWarnings({"unchecked", "rawtypes"})
    RRef<Values.Line>[] array = new RRef[] {four, null};
    Values.WithRefs value = new Values.WithRefs(one, List.of(two, two), Map.of("k", three), array,
        Optional.of(four));

    Encoded encoded = codec.encode(List.of(REF_OF_STRING, Values.WithRefs.class), new Object[] {one, value});
    Refs decoder = new Refs(encoded.refs());
    Object[] decoded = codec.decode(encoded.body(), encoded.bulk(), List.of(REF_OF_STRING, Values.WithRefs.class),
        decoder);

    assertThat(encoded.refs()).isEqualTo(List.of(one, two, three, four));
    assertThat(decoded[0]).isSameAs(one);
    assertThat(Equality.same(decoded[1], value)).isTrue();
  }

  @Test
  void tellsTheDecoderTheDeclaredValueType() {
    RRef<?> ref = Refs.fake("ref");
    List<Type> types = List.of(REF_OF_STRING, RRef.class, new TypeReference<RRef<?>>() { }.getType(),
        Object.class,
        new TypeReference<RRef<double[]>>() { }.getType(),
        new TypeReference<Optional<RRef<Long>>>() { }.getType());
    Encoded encoded = codec.encode(types, new Object[] {ref, ref, ref, ref, ref, Optional.of(ref)});

    Refs decoder = new Refs(encoded.refs());
    codec.decode(encoded.body(), encoded.bulk(), types, decoder);

    assertThat(decoder.valueTypes).isEqualTo(
        List.of(String.class, Object.class, Object.class, Object.class, double[].class, Long.class));
    assertThat(decoder.indexes).containsOnly(0);
  }

  @Test
  void givesAGenericValueTypeThatDecodes() {
    Type type = new TypeReference<RRef<List<Values.Line>>>() { }.getType();
    Encoded encoded = codec.encode("result", type, Refs.fake("ref"));
    Refs decoder = new Refs(encoded.refs());
    codec.decode("result", encoded.body(), encoded.bulk(), type, decoder);
    List<Values.Line> lines = List.of(new Values.Line("a", 1, null));

    Buffer body = codec.encode("result", decoder.valueTypes.get(0), lines).body();

    assertThat(codec.decode("result", body, List.of(), decoder.valueTypes.get(0), Refs.none())).isEqualTo(lines);
    assertThatThrownBy(() -> codec.encode("result", decoder.valueTypes.get(0), 5))
        .hasMessageStartingWith("result (java.util.List<dev.vertxrpc.codec.Values$Line>): ");
  }

  @Test
  void carriesRefsThatAreDeclaredAsObject() {
    RRef<?> ref = Refs.fake("ref");
    Type type = new TypeReference<Map<String, Object>>() { }.getType();
    Encoded encoded = codec.encode("result", type, Map.of("k", List.of(ref)));

    Object back = codec.decode("result", encoded.body(), encoded.bulk(), type, new Refs(encoded.refs()));

    assertThat(back).isEqualTo(Map.of("k", List.of(ref)));
  }

  @Test
  void givesEachOfManyRefsOneIndex() {
    Type type = new TypeReference<List<RRef<String>>>() { }.getType();
    List<RRef<String>> refs = new java.util.ArrayList<>();
    for (int i = 0; i < 5_000; i++) {
      refs.add(Refs.fake("ref " + i));
    }
    refs.addAll(List.copyOf(refs));

    Encoded encoded = codec.encode("result", type, refs);

    assertThat(encoded.refs()).hasSize(5_000);
    assertThat(codec.decode("result", encoded.body(), encoded.bulk(), type, new Refs(encoded.refs()))).isEqualTo(refs);
  }

  @Test
  void refusesANegativeIndexBeforeTheDecoderHearsOfIt() {
    Refs decoder = Refs.none();

    assertThatThrownBy(() -> codec.decode("result", Buffer.buffer(new byte[] {1, 10, -1, -1, -1, -1}), List.of(),
        REF_OF_STRING, decoder)).hasMessage(
        "result (dev.vertxrpc.RRef<java.lang.String>): the index -1 of an RRef is negative");
    assertThat(decoder.indexes).isEmpty();
  }

  @Test
  void doesNotAskForARefWhereNoneIsDeclared() {
    Encoded encoded = codec.encode("result", REF_OF_STRING, Refs.fake("ref"));
    Refs decoder = new Refs(encoded.refs());

    assertThatThrownBy(() -> codec.decode("result", encoded.body(), encoded.bulk(), String.class, decoder))
        .hasMessage("result (java.lang.String): found dev.vertxrpc.RRef; run the same build on both sides");
    assertThat(decoder.indexes).isEmpty();
  }

  @Test
  void reportsWhatTheDecoderRefuses() {
    Type type = new TypeReference<List<RRef<String>>>() { }.getType();
    Encoded encoded = codec.encode("result", type, Collections.singletonList(Refs.fake("ref")));
    ValueCodec.RefDecoder refusing = (index, valueType) -> {
      throw RpcException.of(RpcFailure.PROTOCOL, "no fork " + index);
    };

    assertThatThrownBy(() -> codec.decode("result", encoded.body(), encoded.bulk(), type, refusing))
        .isInstanceOfSatisfying(RpcException.class, e -> assertThat(e.failure()).isEqualTo(RpcFailure.CODEC))
        .hasMessage("result (java.util.List<dev.vertxrpc.RRef<java.lang.String>>): [0]: no fork 0");
  }
}
