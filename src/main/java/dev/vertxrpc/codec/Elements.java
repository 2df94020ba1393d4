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
      case BUFFER -> target.put(Input.view((Buffer) value));
      // The duplicate leaves the caller's position alone.
      case BYTE_BUFFER -> target.put(((ByteBuffer) value).duplicate());
      default -> Halves.copy(Array.getLength(value), tag.elementBytes(), writing(tag, value, target));
    }
  }

  private static Halves.Part writing(Tag tag, Object value, ByteBuffer target) {
    return switch (tag) {
      case BYTES -> (at, count) -> target.slice().put(at, (byte[]) value, at, count);
      case SHORTS -> (at, count) -> target.asShortBuffer().put(at, (short[]) value, at, count);
      case CHARS -> (at, count) -> target.asCharBuffer().put(at, (char[]) value, at, count);
      case INTS -> (at, count) -> target.asIntBuffer().put(at, (int[]) value, at, count);
      case LONGS -> (at, count) -> target.asLongBuffer().put(at, (long[]) value, at, count);
      case FLOATS -> (at, count) -> target.asFloatBuffer().put(at, (float[]) value, at, count);
      case DOUBLES -> (at, count) -> target.asDoubleBuffer().put(at, (double[]) value, at, count);
      default -> throw new IllegalArgumentException(tag.name());
    };
  }

  /** A new value of all that remains in {@code source}. */
  static Object read(Tag tag, ByteBuffer source) throws IOException {
    int bytes = source.remaining();
    if (bytes % tag.elementBytes() != 0) {
      throw new IOException(bytes + " bytes are no whole number of elements of "
          + tag.type().getSimpleName());
    }
    int length = bytes / tag.elementBytes();
    return switch (tag) {
      case BOOLEANS -> readBooleans(source, length);
      case BUFFER -> readBuffer(source, length);
      case BYTE_BUFFER -> ByteBuffer.wrap((byte[]) readArray(Tag.BYTES, source, length));
      default -> readArray(tag, source, length);
    };
  }

  private static Object readArray(Tag tag, ByteBuffer source, int length) throws IOException {
    if (!tag.hasElements()) {
      throw new IOException(tag + " has no elements");
    }
    Object array = Array.newInstance(tag.type().getComponentType(), length);
    Halves.copy(length, tag.elementBytes(), reading(tag, source, array));
    return array;
  }

  private static Halves.Part reading(Tag tag, ByteBuffer source, Object array) {
    return switch (tag) {
      case BYTES -> (at, count) -> source.slice().get(at, (byte[]) array, at, count);
      case SHORTS -> (at, count) -> source.asShortBuffer().get(at, (short[]) array, at, count);
      case CHARS -> (at, count) -> source.asCharBuffer().get(at, (char[]) array, at, count);
      case INTS -> (at, count) -> source.asIntBuffer().get(at, (int[]) array, at, count);
      case LONGS -> (at, count) -> source.asLongBuffer().get(at, (long[]) array, at, count);
      case FLOATS -> (at, count) -> source.asFloatBuffer().get(at, (float[]) array, at, count);
      case DOUBLES -> (at, count) -> source.asDoubleBuffer().get(at, (double[]) array, at, count);
      default -> throw new IllegalArgumentException(tag.name());
    };
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

  private static Buffer readBuffer(ByteBuffer source, int length) {
    // It has to grow like any other, so it cannot just wrap an array.
    return Buffer.buffer(length).appendBuffer(BufferInternal.buffer(Unpooled.wrappedBuffer(source)));
  }
}
