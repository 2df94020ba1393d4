package dev.vertxrpc.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.vertxrpc.RpcException;
import dev.vertxrpc.RpcFailure;
import dev.vertxrpc.codec.ValueCodec.Encoded;
import io.netty.buffer.Unpooled;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.buffer.BufferInternal;
import io.vertx.core.json.JsonObject;
import java.lang.reflect.Type;
import java.nio.ByteBuffer;
import java.nio.LongBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class BulkTest {
  private static final int THRESHOLD = 16;
  private static final Type DEEP = new TypeReference<Map<String, List<Values.Named<double[]>>>>() { }.getType();

  private final ValueCodec codec = Values.codec(THRESHOLD, 1 << 20, 100, 100_000);

  @Test
  void writesTheDocumentedBytes() {
    int[] shared = {1, 2, 3, 4};
    List<Type> types = List.of(int[].class, double[].class, Object.class, int[][].class);
    Object[] values = {shared, new double[] {1, 2}, shared, new int[][] {{5}, shared}};

    Encoded encoded = codec.encode(types, values);

    assertThat(hex(encoded.body())).isEqualTo("04" + "0c1400000000" + "0c1701000000" + "0c1400000000"
        + "0b" + "15000000" + "3a290a05" + "f8" + "fd85" + "1405000000" + "fd86" + "0c1400000000" + "f9");
    assertThat(encoded.bulk().stream().map(BulkTest::hex)).containsExactly("01000000020000000300000004000000",
        "000000000000f03f0000000000000040");
    assertThat(decode(types, encoded)).isEqualTo(values);
  }

  @Test
  void keepsEveryKindOutOfTheBodyWhereverItIs() {
    for (Object value : List.of(new boolean[] {true, false}, new byte[] {1, 2}, new short[] {3}, new char[] {'x'},
        new int[] {4}, new long[] {5}, new float[] {6}, new double[] {7}, Buffer.buffer("b"),
        ByteBuffer.wrap(new byte[] {9, 10}).position(1))) {
      ValueCodec all = Values.codec(0, 1 << 20, 100, 100_000);
      Type type = value instanceof Buffer ? Buffer.class : value instanceof ByteBuffer ? ByteBuffer.class
          : value.getClass();
      List<Type> types = List.of(type, Object.class, new TypeReference<Map<String, Object>>() { }.getType(),
          JsonObject.class, Values.Holder.class);
      Object[] values = {value, value, Map.of("k", List.of(value)), new JsonObject().put("k", value),
          new Values.Holder(value)};

      Encoded encoded = all.encode(types, values);
      Object[] back = all.decode(encoded.body(), encoded.bulk(), types, Refs.none());

      assertThat(encoded.bulk()).as(type.getTypeName()).hasSize(1);
      assertThat(back[0]).isEqualTo(value);
      assertThat(back[1]).isSameAs(back[0]);
      assertThat(((List<?>) ((Map<?, ?>) back[2]).get("k")).get(0)).isSameAs(back[0]);
      assertThat(((JsonObject) back[3]).getMap().get("k")).isSameAs(back[0]);
      assertThat(((Values.Holder) back[4]).value()).isSameAs(back[0]);
    }
  }

  @Test
  void copiesAllOfLargeArraysOfEveryKind() {
    ValueCodec large = Values.codec(THRESHOLD, 1 << 30, 100, 100_000);
    byte[] random = new byte[(4 << 20) + 8];
    new Random(random.length).nextBytes(random);
    LongBuffer longs = ByteBuffer.wrap(random).asLongBuffer();
    // An odd number, so that the halves differ.
    long[] values = new long[longs.remaining()];
    longs.get(values);
    int[] ints = LongStream.of(values).mapToInt(value -> (int) value).toArray();
    double[] doubles = LongStream.of(values).mapToDouble(value -> value).toArray();
    float[] floats = new float[values.length];
    short[] shorts = new short[4 * values.length];
    char[] chars = new char[4 * values.length];
    ByteBuffer.wrap(random).asShortBuffer().get(shorts);
    ByteBuffer.wrap(random).asCharBuffer().get(chars);
    for (int i = 0; i < floats.length; i++) {
      floats[i] = values[i];
    }

    for (Object value : List.of(random, shorts, chars, ints, values, floats, doubles)) {
      Encoded encoded = large.encode("result", value.getClass(), value);
      assertThat(encoded.bulk().get(0).length()).isGreaterThan(2 << 20);
      assertThat(large.decode("result", encoded.body(), encoded.bulk(), value.getClass(), Refs.none()))
          .as(value.getClass().getTypeName()).isEqualTo(value);
    }
  }

  @Test
  void copiesLargeArraysWhileEveryThreadOfTheCommonPoolIsTaken() {
    ValueCodec large = Values.codec(THRESHOLD, 1 << 30, 100, 100_000);
    byte[] random = new byte[4 << 20];
    new Random(random.length).nextBytes(random);
    CountDownLatch end = new CountDownLatch(1);
    int threads = ForkJoinPool.getCommonPoolParallelism();
    CountDownLatch taken = new CountDownLatch(threads);
    try {
      for (int i = 0; i < threads; i++) {
        ForkJoinPool.commonPool().execute(() -> {
          taken.countDown();
          await(end);
        });
      }
      await(taken);
      // More work of others than the one of the codec, in whichever queue.
      ForkJoinPool.commonPool().execute(() -> await(end));

      Encoded encoded = large.encode("result", byte[].class, random);

      assertThat(large.decode("result", encoded.body(), encoded.bulk(), byte[].class, Refs.none())).isEqualTo(random);
    } finally {
      end.countDown();
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException stopped) {
      throw new AssertionError(stopped);
    }
  }

  @Test
  void countsBytesAgainstTheThreshold() {
    assertThat(codec.encode("result", long[].class, new long[2]).bulk()).hasSize(1);
    assertThat(codec.encode("result", long[].class, new long[1]).bulk()).isEmpty();
    assertThat(codec.encode("result", Object[].class, new Object[] {new byte[15], new byte[16]}).bulk()).hasSize(1);
    assertThat(codec.encode("result", String.class, "x".repeat(100)).bulk()).isEmpty();
  }

  @Test
  void preservesThatArraysAreOne() {
    double[] shared = new double[100];
    Arrays.setAll(shared, i -> i);
    Map<String, List<Values.Named<double[]>>> deep = new HashMap<>();
    deep.put("a", List.of(new Values.Named<>("one", shared), new Values.Named<>("two", shared)));
    deep.put("b", List.of(new Values.Named<>("equal", shared.clone()), new Values.Named<>("none", null)));
    List<Type> types = List.of(double[].class, DEEP);

    Encoded encoded = codec.encode(types, new Object[] {shared, deep});
    Object[] back = decode(types, encoded);

    assertThat(encoded.bulk()).hasSize(2);
    assertThat(encoded.body().length()).isLessThan(120);
    assertThat(Equality.same(back[1], deep)).isTrue();
    @SuppressWarnings("unchecked")
    Map<String, List<Values.Named<double[]>>> copy = (Map<String, List<Values.Named<double[]>>>) back[1];
    assertThat(copy.get("a")).allSatisfy(named -> assertThat(named.value()).isSameAs(back[0]));
    assertThat(copy.get("b").get(0).value()).isNotSameAs(back[0]);
  }

  @Test
  void sharesNothingWithTheCallersValuesNorWithTheBytes() {
    List<Type> types = List.of(int[].class, Buffer.class, ByteBuffer.class, Values.Holder.class);
    int[] array = {1, 2, 3, 4};
    Buffer buffer = Buffer.buffer("0123456789abcdef");
    ByteBuffer bytes = ByteBuffer.wrap(new byte[16]);
    byte[] held = new byte[16];
    Encoded encoded = codec.encode(types, new Object[] {array, buffer, bytes, new Values.Holder(held)});
    array[0] = 9;
    buffer.setByte(0, (byte) 9);
    bytes.put(0, (byte) 9);
    held[0] = 9;

    Object[] back = decode(types, encoded);
    encoded.bulk().forEach(each -> each.setBytes(0, new byte[] {8, 8, 8, 8}));

    assertThat(back[0]).isEqualTo(new int[] {1, 2, 3, 4});
    assertThat(((Buffer) back[1]).appendString("!").toString()).isEqualTo("0123456789abcdef!");
    assertThat(back[2]).isEqualTo(ByteBuffer.wrap(new byte[16]));
    assertThat(((Values.Holder) back[3]).value()).isEqualTo(new byte[16]);
  }

  @Test
  void decodesFromDirectAndReadOnlyMemory() {
    List<Type> types = List.of(long[].class, Buffer.class, byte[].class, boolean[].class);
    Object[] values = {new long[] {1, 2}, Buffer.buffer("0123456789abcdef"), new byte[20], new boolean[20]};
    Encoded encoded = codec.encode(types, values);

    List<Buffer> direct = encoded.bulk().stream().<Buffer>map(each -> BufferInternal.buffer(
        Unpooled.directBuffer().writeBytes(each.getBytes()).asReadOnly())).toList();

    assertThat(codec.decode(encoded.body(), direct, types, Refs.none())).isEqualTo(values);
  }

  @Test
  void refusesBulkThatDoesNotFitTheBody() {
    Encoded one = codec.encode("result", long[].class, new long[2]);
    Encoded inside = codec.encode("result", long[][].class, new long[][] {new long[2]});
    Buffer bytes = one.bulk().get(0);

    for (Encoded each : List.of(one, inside)) {
      Type type = each == one ? long[].class : long[][].class;
      String at = each == one ? "result (long[]): " : "result (long[][]): [0]: ";
      assertThat(refusal(type, each.body())).endsWith("found the index 0 of 0 bulk buffers");
      assertThat(refusal(type, each.body(), bytes, bytes)).isEqualTo(
          "result: found 2 bulk buffers, of which the body uses 1");
      assertThat(refusal(type, each.body(), bytes.getBuffer(0, 15))).endsWith(
          "15 bytes are no whole number of elements of long[]");
      assertThat(refusal(type, each.body().copy().setInt(each.body().length() - (each == one ? 4 : 5), -1), bytes))
          .contains(" of 1 bulk buffers");
      assertThat(refusal(each == one ? double[].class : double[][].class, each.body(), bytes))
          .contains(": found long[]").startsWith(at.replace("long", "double"));
    }
    assertThat(refusal(long[].class, one.body().copy().setByte(2, (byte) 11), bytes)).isEqualTo(
        "result (long[]): found bulk of an unknown kind; run the same build on both sides");
    assertThat(refusal(String.class, codec.encode("result", String.class, "x").body(), bytes)).isEqualTo(
        "result: found 1 bulk buffers, of which the body uses 0");
  }

  @Test
  void refusesOneBufferAsTwoKinds() {
    Buffer body = Buffer.buffer().appendBytes(HexFormat.of().parseHex("02" + "0c1500000000" + "0c1700000000"));
    List<Type> types = List.of(long[].class, double[].class);

    assertThatThrownBy(() -> codec.decode(body, List.of(Buffer.buffer(new byte[16])), types, Refs.none()))
        .hasMessage("argument 2 (double[]): found bulk buffer 0 as double[] and as long[]");
  }

  private Object[] decode(List<Type> types, Encoded encoded) {
    return codec.decode(encoded.body(), encoded.bulk(), types, Refs.none());
  }

  private String refusal(Type type, Buffer body, Buffer... bulk) {
    RpcException refused = org.assertj.core.api.Assertions.catchThrowableOfType(RpcException.class,
        () -> codec.decode("result", body, List.of(bulk), type, Refs.none()));
    assertThat(refused.failure()).isEqualTo(RpcFailure.CODEC);
    return refused.getMessage();
  }

  private static String hex(Buffer buffer) {
    return HexFormat.of().formatHex(buffer.getBytes());
  }
}
