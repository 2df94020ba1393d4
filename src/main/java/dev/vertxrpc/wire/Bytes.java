package dev.vertxrpc.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.buffer.BufferInternal;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The bytes of one batch, big-endian: an array that is filled from its start, or what came in one. Whoever reads says
 * where, and knows how much there is. Confined to one thread at a time.
 */
final class Bytes {
  private static final VarHandle INT = view(int[].class);
  private static final VarHandle LONG = view(long[].class);
  private static final int MOST_COPIED = 64;
  /** Some machines make no longer arrays. */
  private static final int MOST = Integer.MAX_VALUE - 8;

  private final int start;
  private byte[] array;
  private int length;

  /** None yet; there is {@code room} for some. */
  Bytes(byte[] room) {
    this.start = 0;
    this.array = room;
  }

  /** Those of {@code buffer}, not copied where they are on the heap. */
  Bytes(Buffer buffer) {
    ByteBuf bytes = ((BufferInternal) buffer).getByteBuf();
    length = buffer.length();
    array = bytes.hasArray() ? bytes.array() : buffer.getBytes();
    start = bytes.hasArray() ? bytes.arrayOffset() : 0;
  }

  private static VarHandle view(Class<?> array) {
    return MethodHandles.byteArrayViewVarHandle(array, ByteOrder.BIG_ENDIAN);
  }

  int length() {
    return length;
  }

  /** Gives back the room that they have taken, and keeps what it needs. */
  byte[] settle() {
    byte[] room = array;
    array = Arrays.copyOf(array, length);
    return room;
  }

  byte getByte(int at) {
    return array[start + at];
  }

  int getInt(int at) {
    return (int) INT.get(array, start + at);
  }

  long getLong(int at) {
    return (long) LONG.get(array, start + at);
  }

  /** Whether {@code others} stand in them from {@code at} on, as far as they are there. */
  boolean has(byte[] others, int at) {
    int from = start + at;
    return others.length <= length - at && Arrays.equals(others, 0, others.length, array, from, from + others.length);
  }

  byte[] copy(int at, int count) {
    return Arrays.copyOfRange(array, start + at, start + at + count);
  }

  String getString(int at, int count) {
    return new String(array, start + at, count, StandardCharsets.UTF_8);
  }

  /** Some of them as the body of a payload: a view, which keeps all. */
  Payload payload(int at, int count) {
    return new Payload(array, start + at, count);
  }

  /** Some of them: a view, which keeps all, or a copy where that takes less room than a view. */
  Buffer part(int at, int count) {
    int from = start + at;
    return BufferInternal.buffer(count <= MOST_COPIED
        ? Unpooled.wrappedBuffer(Arrays.copyOfRange(array, from, from + count))
        : Unpooled.wrappedBuffer(array, from, count));
  }

  void append(byte value) {
    // First the claim: it may put another array in the place of this one.
    int at = claim(1);
    array[at] = value;
  }

  void append(int value) {
    int at = claim(Integer.BYTES);
    INT.set(array, at, value);
  }

  void append(long value) {
    int at = claim(Long.BYTES);
    LONG.set(array, at, value);
  }

  void append(byte[] values) {
    append(values, 0, values.length);
  }

  /** Appends some of {@code values}. */
  void append(byte[] values, int from, int count) {
    int at = claim(count);
    System.arraycopy(values, from, array, at, count);
  }

  void append(Buffer values) {
    int at = claim(values.length());
    values.getBytes(array, at);
  }

  void setInt(int at, int value) {
    INT.set(array, start + at, value);
  }

  private int claim(int count) {
    int at = start + length;
    if (count > array.length - at) {
      array = Arrays.copyOf(array, Math.max(Math.addExact(at, count), (int) Math.min(2L * array.length, MOST)));
    }
    length += count;
    return at;
  }

  /** Appends them to {@code buffer}. */
  void copyTo(Buffer buffer) {
    buffer.appendBytes(array, start, length);
  }
}
