package dev.vertxrpc.codec;

import io.netty.buffer.Unpooled;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.buffer.BufferInternal;
import java.io.IOException;
import java.lang.reflect.Array;
import java.nio.ByteBuffer;

/**
 * The content of primitive arrays and buffers as little-endian bytes, copied in one go. The byte
 * buffers given are little-endian. Immutable.
 */
final class Elements {
  private Elements() {
  }

  /** How many bytes the content takes. */
  static long size(Tag tag, Object value) {
    return switch (tag) {
      case BUFFER -> ((Buffer) value).length();
      case BYTE_BUFFER -> ((ByteBuffer) value).remaining();
      default -> (long) Array.getLength(value) * tag.elementBytes();
    };
  }

  /** Fills {@code target}, which has exactly the {@linkplain #size size} remaining. */
  static void write(Tag tag, Object value, ByteBuffer target) {
    switch (tag) {
      case BOOLEANS -> writeBooleans((boolean[]) value, target);
      case BYTES -> target.put((byte[]) value);
      case SHORTS -> target.asShortBuffer().put((short[]) value);
      case CHARS -> target.asCharBuffer().put((char[]) value);
      case INTS -> target.asIntBuffer().put((int[]) value);
      case LONGS -> target.asLongBuffer().put((long[]) value);
      case FLOATS -> target.asFloatBuffer().put((float[]) value);
      case DOUBLES -> target.asDoubleBuffer().put((double[]) value);
      case BUFFER -> target.put(Input.view((Buffer) value));
      // The duplicate leaves the caller's position alone.
      case BYTE_BUFFER -> target.put(((ByteBuffer) value).duplicate());
      default -> throw new IllegalArgumentException(tag.name());
    }
  }

  /** A new value of all that remains in {@code source}. */
  static Object read(Tag tag, ByteBuffer source) throws IOException {
    int bytes = source.remaining();
    if (bytes % tag.elementBytes() != 0) {
      throw new IOException(bytes + " bytes are no whole number of elements of "
          + tag.type().getSimpleName());
    }
    int length = bytes / tag.elementBytes();
    switch (tag) {
      case BOOLEANS:
        return readBooleans(source, length);
      case BYTES:
        return readBytes(source, length);
      case SHORTS:
        short[] shorts = new short[length];
        source.asShortBuffer().get(shorts);
        return shorts;
      case CHARS:
        char[] chars = new char[length];
        source.asCharBuffer().get(chars);
        return chars;
      case INTS:
        int[] ints = new int[length];
        source.asIntBuffer().get(ints);
        return ints;
      case LONGS:
        long[] longs = new long[length];
        source.asLongBuffer().get(longs);
        return longs;
      case FLOATS:
        float[] floats = new float[length];
        source.asFloatBuffer().get(floats);
        return floats;
      case DOUBLES:
        double[] doubles = new double[length];
        source.asDoubleBuffer().get(doubles);
        return doubles;
      case BUFFER:
        return readBuffer(source, length);
      case BYTE_BUFFER:
        return ByteBuffer.wrap(readBytes(source, length));
      default:
        throw new IOException(tag + " has no elements");
    }
  }

  // The JDK has no view of boolean[]; one byte an element, 0 or 1.
  private static void writeBooleans(boolean[] values, ByteBuffer target) {
    for (boolean value : values) {
      target.put((byte) (value ? 1 : 0));
    }
  }

  private static boolean[] readBooleans(ByteBuffer source, int length) {
    boolean[] values = new boolean[length];
    int at = source.position();
    for (int i = 0; i < length; i++) {
      values[i] = source.get(at + i) != 0;
    }
    return values;
  }

  private static byte[] readBytes(ByteBuffer source, int length) {
    byte[] bytes = new byte[length];
    source.get(bytes);
    return bytes;
  }

  private static Buffer readBuffer(ByteBuffer source, int length) {
    // It has to grow like any other, so it cannot just wrap an array.
    return Buffer.buffer(length).appendBuffer(BufferInternal.buffer(Unpooled.wrappedBuffer(source)));
  }
}
