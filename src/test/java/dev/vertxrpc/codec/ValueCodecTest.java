package dev.vertxrpc.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vertxrpc.RRef;
import dev.vertxrpc.RpcException;
import dev.vertxrpc.codec.ValueCodec.Encoded;
import io.netty.buffer.Unpooled;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.buffer.BufferInternal;
import java.lang.reflect.Type;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class ValueCodecTest {
  private final ValueCodec codec = Values.codec();

  @Test
  void writesTheDocumentedBytes() {
    Object[] values = {null, true, (byte) -2, (short) 258, 'A', 7, 1L << 40, 1.5f, -2.0, "h\u00e9",
        new int[] {1, -1},
        new boolean[] {true, false}, Buffer.buffer("b"), Refs.fake("r"), new Values.Line("x", 3, null)};
    List<Type> types = List.of(String.class, boolean.class, byte.class, short.class, char.class, int.class,
        Long.class, float.class, Double.class, String.class, int[].class, boolean[].class, Buffer.class,
        RRef.class, Values.Line.class);

    Encoded encoded = codec.encode(types, values);

    assertThat(hex(encoded.body())).isEqualTo("0f" + "00" + "0101" + "02fe" + "030201" + "044100"
        + "0507000000" + "060000000000010000" + "070000c03f" + "0800000000000000c0" + "090300000068c3a9"
        + "140800000001000000ffffffff" + "10020000000100" + "180100000062" + "0a00000000"
        + "0b" + "1e000000" + "3a290a05" + "fa" + "8661727469636c65" + "4078" + "84636f756e74" + "c6"
        + "847072696365" + "21" + "fb");
    assertThat(encoded.refs()).containsExactly((RRef<?>) values[13]);
    assertThat(codec.decode(encoded.body(), encoded.bulk(), types, new Refs(encoded.refs()))).isEqualTo(values);
  }

  @Test
  void writesChunksInDocumentsWithTheirTag() {
    Encoded encoded = codec.encode("result", double[][].class, new double[][] {{1}});

    assertThat(hex(encoded.body())).isEqualTo("01" + "0b" + "11000000" + "3a290a05"
        + "f8" + "fd89" + "17000000000000f03f" + "f9");
  }

  @Test
  void snapshotsWhatItEncodes() {
    long[] array = {1, 2};
    byte[] bytes = {1};
    Buffer buffer = Buffer.buffer("one");
    double[][] nested = {{1}};
    List<Type> types = List.of(long[].class, byte[].class, Buffer.class, double[][].class);

    Buffer body = codec.encode(types, new Object[] {array, bytes, buffer, nested}).body();
    array[0] = 9;
    bytes[0] = 9;
    buffer.setByte(0, (byte) 9);
    nested[0][0] = 9;

    assertThat(codec.decode(body, List.of(), types, Refs.none())).isEqualTo(
        new Object[] {new long[] {1, 2}, new byte[] {1}, Buffer.buffer("one"), new double[][] {{1}}});
  }

  @Test
  void decodesToValuesThatShareNothingWithTheBody() {
    List<Type> types = List.of(byte[].class, Buffer.class, ByteBuffer.class, byte[][].class,
        Values.Mixed.class);
    Values.Mixed mixed = new Values.Mixed(new byte[] {1}, Buffer.buffer("b"),
        ByteBuffer.wrap(new byte[] {3}), null, null);
    Object[] values = {new byte[] {1}, Buffer.buffer("b"), ByteBuffer.wrap(new byte[] {2}),
        new byte[][] {{4}}, mixed};
    Buffer body = codec.encode(types, values).body();

    Object[] decoded = codec.decode(body, List.of(), types, Refs.none());
    for (int i = 0; i < body.length(); i++) {
      body.setByte(i, (byte) 0x55);
    }

    assertThat(decoded).usingRecursiveComparison().isEqualTo(values);
    assertThat(((Buffer) decoded[1]).appendString("grows").toString()).isEqualTo("bgrows");
  }

  @Test
  void decodesFromDirectAndReadOnlyBodies() {
    List<Type> types = List.of(String.class, double[].class, Buffer.class, Values.Line.class);
    Object[] values = {"text", new double[] {1, 2}, Buffer.buffer("b"), new Values.Line("x", 1, null)};
    byte[] bytes = codec.encode(types, values).body().getBytes();
    Buffer direct = BufferInternal.buffer(Unpooled.directBuffer().writeBytes(bytes));
    Buffer readOnly = BufferInternal.buffer(Unpooled.wrappedBuffer(bytes).asReadOnly());
    Buffer slice = Buffer.buffer("xx").appendBytes(bytes).appendString("yy").slice(2, 2 + bytes.length);

    for (Buffer body : List.of(direct, readOnly, slice)) {
      assertThat(codec.decode(body, List.of(), types, Refs.none())).isEqualTo(values);
    }
  }

  @Test
  void leavesTheCallersByteBufferAsItWas() {
    ByteBuffer buffer = ByteBuffer.wrap(new byte[] {1, 2, 3, 4}).position(1).limit(3);

    Buffer body = codec.encode("result", ByteBuffer.class, buffer).body();

    assertThat(buffer.position()).isEqualTo(1);
    assertThat(codec.decode("result", body, List.of(), ByteBuffer.class, Refs.none()))
        .isEqualTo(ByteBuffer.wrap(new byte[] {2, 3}));
  }

  @Test
  void encodesTextExactlyOrRefusesIt() {
    for (String text : List.of("", "ascii", "\u00e9\u20ac\ud83d\ude00x", "a".repeat(10_000) + "\u20ac")) {
      Buffer body = codec.encode("result", String.class, text).body();
      assertThat(codec.decode("result", body, List.of(), String.class, Refs.none())).isEqualTo(text);
      assertThat(body.getString(6, body.length())).isEqualTo(text);
    }
    for (String half : List.of("a\ud83d", "\ude00", "\ud83d\ud83d", "\u20ac\ude00\ud83d")) {
      assertThatThrownBy(() -> codec.encode("result", String.class, half)).isInstanceOf(RpcException.class);
      assertThatThrownBy(() -> codec.encode("result", String[].class, new String[] {half}))
          .isInstanceOf(RpcException.class);
    }
  }

  @Test
  void growsWhereverTheBodyIsFull() {
    List<Type> types = List.of(Values.Line.class, boolean.class, int.class, String.class, byte[].class);
    for (int length = 0; length < 200; length++) {
      Object[] values = {new Values.Line("x".repeat(length), 1, null), true, 5, "\u20ac", new byte[] {1}};

      Buffer body = codec.encode(types, values).body();

      assertThat(codec.decode(body, List.of(), types, Refs.none())).isEqualTo(values);
    }
  }

  @Test
  void makesARoomyBodyFromAShortGuess() {
    List<String> strings = java.util.Collections.nCopies(20_000, "some text");
    Type type = new com.fasterxml.jackson.core.type.TypeReference<List<String>>() { }.getType();

    Buffer body = codec.encode("result", type, strings).body();

    assertThat(codec.decode("result", body, List.of(), type, Refs.none())).isEqualTo(strings);
  }

  private static String hex(Buffer buffer) {
    return HexFormat.of().formatHex(buffer.getBytes());
  }
}
