package dev.vertxrpc.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.vertxrpc.RpcException;
import dev.vertxrpc.RpcFailure;
import dev.vertxrpc.codec.ValueCodec.Encoded;
import io.vertx.core.buffer.Buffer;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class LimitsTest {
  private static final Type MAPS = new TypeReference<List<Map<String, Object>>>() { }.getType();
  private static final Type NUMBERS = new TypeReference<Map<String, Number>>() { }.getType();

  private final ValueCodec wide = Values.codec();
  private final ValueCodec narrow = Values.codec(100, 1_000, 5, 20);

  @Test
  void refusesToEncodeMoreThanAPayloadMayHave() {
    assertThat(refusal(() -> narrow.encode("result", String.class, "x".repeat(2_000)))).isEqualTo(
        "result (java.lang.String): too large: found at least 2006 bytes, the limit is 1000 "
            + "(limits.maxPayloadBytes); pass it in parts");
    assertThat(refusal(() -> narrow.encode("result", long[].class, new long[125]))).startsWith(
        "result (long[]): too large: found at least 1003 bytes, the limit is 1000");
    assertThat(refusal(() -> narrow.encode(List.of(int.class, Values.Holder.class),
        new Object[] {1, new Values.Holder(List.of(new long[100], new long[100]))}))).startsWith(
        "argument 2 (dev.vertxrpc.codec.Values$Holder): value[1]: long[]: too large: found at least 16");
    assertThat(refusal(() -> narrow.encode("result", List.class, Collections.nCopies(500, "some text"))))
        .startsWith("result (java.util.List): too large: found at least ");
  }

  @Test
  void countsBodyAndBulkTogether() {
    List<Type> types = List.of(byte[].class, String.class);

    Encoded fits = narrow.encode(types, new Object[] {new byte[900], "x".repeat(88)});

    assertThat(fits.body().length() + fits.bulk().get(0).length()).isEqualTo(1_000);
    assertThat(narrow.decode(fits.body(), fits.bulk(), types, Refs.none())[1]).isEqualTo("x".repeat(88));
    assertThat(refusal(() -> narrow.encode(types, new Object[] {new byte[900], "x".repeat(89)})))
        .startsWith("argument 2 (java.lang.String): too large: found at least 1001 bytes");
    assertThat(refusal(() -> narrow.encode(List.of(String.class, byte[].class),
        new Object[] {"x".repeat(89), new byte[900]}))).startsWith("argument 2 (byte[]): too large");
  }

  @Test
  void refusesToDecodeMoreThanAPayloadMayHave() {
    Encoded large = wide.encode("result", Object.class, List.of("x".repeat(600), new byte[500]));

    assertThat(refusal(() -> narrow.decode("result", large.body(), large.bulk(), Object.class, Refs.none())))
        .startsWith("result: too large: found at least " + large.body().length() + " bytes, the limit is 1000");
    assertThat(refusal(() -> narrow.decode("result", Buffer.buffer(new byte[1]), List.of(Buffer.buffer(new byte[1_000])),
        Object.class, Refs.none()))).contains("found at least 1001 bytes");
  }

  @Test
  void boundsTheDepthBothWays() {
    Values.Node deep = new Values.Node(new Values.Node(new Values.Node(new Values.Node(new Values.Node(
        new Values.Node(null))))));
    Buffer body = wide.encode("result", Values.Node.class, deep).body();

    String expected = "result (dev.vertxrpc.codec.Values$Node): next.next.next.next.next: nested too deeply, or it "
        + "contains itself: found depth 6, the limit is 5 (limits.maxDepth)";
    assertThat(refusal(() -> narrow.encode("result", Values.Node.class, deep))).isEqualTo(expected);
    assertThat(refusal(() -> narrow.decode("result", body, List.of(), Values.Node.class, Refs.none())))
        .startsWith("result (dev.vertxrpc.codec.Values$Node): next.next").endsWith(expected.substring(80));
  }

  @Test
  void boundsWhatASmallDocumentBecomes() {
    Buffer maps = wide.encode("result", MAPS, Collections.nCopies(10, Map.of())).body();
    Buffer nulls = wide.encode("result", Object[].class, new Object[21]).body();
    Buffer fits = wide.encode("result", Object[].class, new Object[18]).body();

    String expected = "too many elements: found at least 21, the limit is 20 (limits.maxElements); pass it in parts";
    assertThat(refusal(() -> narrow.decode("result", maps, List.of(), MAPS, Refs.none())))
        .startsWith("result (java.util.List<java.util.Map<java.lang.String, java.lang.Object>>): ")
        .endsWith(expected);
    assertThat(refusal(() -> narrow.decode("result", nulls, List.of(), Object[].class, Refs.none())))
        .endsWith(expected);
    assertThat((Object[]) narrow.decode("result", fits, List.of(), Object[].class, Refs.none())).hasSize(18);
  }

  /** Names and values of maps each count, also where the reader is ours. */
  @Test
  void countsNamesToo() {
    Map<String, Object> map = new java.util.HashMap<>();
    for (int i = 0; i < 10; i++) {
      map.put("k" + i, i);
    }
    for (Type type : List.of(Object.class, Map.class, new TypeReference<Map<String, Integer>>() { }.getType())) {
      Buffer body = wide.encode("result", type, map).body();

      assertThat(refusal(() -> narrow.decode("result", body, List.of(), type, Refs.none())))
          .contains("limits.maxElements");
    }
  }

  @Test
  @Timeout(20)
  void doesNotWriteOutHugeExponents() {
    for (BigDecimal huge : List.of(new BigDecimal("1E+2000000000"), new BigDecimal("1E-2000000000"))) {
      Buffer body = wide.encode("result", BigDecimal.class, huge).body();
      for (Type type : List.of(BigInteger.class, long.class, int.class, double.class, float.class, AtomicLong.class,
          Instant.class, Duration.class, String.class, Object.class, Number.class, java.util.Date.class)) {
        try {
          wide.decode("result", body, List.of(), type, Refs.none());
        } catch (RpcException refused) {
          assertThat(refused.failure()).isEqualTo(RpcFailure.CODEC);
        }
      }
    }
  }

  @Test
  @Timeout(20)
  void doesNotParseEndlessDigits() {
    String digits = "9".repeat(2_000_000);
    Buffer key = wide.encode("result", NUMBERS, Map.of(digits, 1)).body();

    for (Type type : List.of(new TypeReference<Map<BigDecimal, Integer>>() { }.getType(),
        new TypeReference<Map<BigInteger, Integer>>() { }.getType())) {
      assertThat(refusal(() -> wide.decode("result", key, List.of(), type, Refs.none())))
          .endsWith("found a number of 2000000 digits, the limit is 100000");
    }
    Type map = new TypeReference<Map<BigDecimal, BigInteger>>() { }.getType();
    Map<BigDecimal, BigInteger> sent = Map.of(new BigDecimal("1.50"), BigInteger.TEN);
    assertThat(wide.decode("result", wide.encode("result", map, sent).body(), List.of(), map, Refs.none()))
        .isEqualTo(sent);
  }

  private static String refusal(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
    RpcException refused = catchThrowableOfType(RpcException.class, call);
    assertThat(refused.failure()).isEqualTo(RpcFailure.CODEC);
    return refused.getMessage();
  }
}
