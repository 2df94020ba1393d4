package dev.vertxrpc.codec;

import io.netty.buffer.ByteBuf;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.buffer.BufferInternal;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * The bytes of a body, read front to back. A length is believed only when that many bytes remain.
 * Confined to the decode that made it.
 */
final class Input {
  private static final VarHandle SHORT = view(short[].class);
  private static final VarHandle CHAR = view(char[].class);
  private static final VarHandle INT = view(int[].class);
  private static final VarHandle LONG = view(long[].class);

  private final byte[] bytes;
  private final int end;
  private int position;

  /** Those of {@code bytes} from {@code start} on, so many. */
  Input(byte[] bytes, int start, int length) {
    this.bytes = bytes;
    this.position = start;
    this.end = start + length;
  }

  /** Those of {@code body}, not copied where they are on the heap. */
  static Input of(Buffer body) {
    ByteBuf view = body instanceof BufferInternal internal ? internal.getByteBuf() : null;
    return view != null && view.hasArray()
        ? new Input(view.array(), view.arrayOffset() + view.readerIndex(), body.length())
        : new Input(body.getBytes(), 0, body.length());
  }

  private static VarHandle view(Class<?> array) {
    return MethodHandles.byteArrayViewVarHandle(array, ByteOrder.LITTLE_ENDIAN);
  }

  /** The bytes of {@code buffer}, little-endian, not copied. */
  static ByteBuffer view(Buffer buffer) {
    ByteBuffer view = buffer instanceof BufferInternal internal
        ? internal.getByteBuf().nioBuffer() : ByteBuffer.wrap(buffer.getBytes());
    return view.order(ByteOrder.LITTLE_ENDIAN);
  }

  int remaining() {
    return end - position;
  }

  int readUnsignedByte() throws IOException {
    return readByte() & 0xff;
  }

  byte readByte() throws IOException {
    return bytes[advance(Byte.BYTES)];
  }

  short readShort() throws IOException {
    return (short) SHORT.get(bytes, advance(Short.BYTES));
  }

  char readChar() throws IOException {
    return (char) CHAR.get(bytes, advance(Character.BYTES));
  }

  int readInt() throws IOException {
    return (int) INT.get(bytes, advance(Integer.BYTES));
  }

  long readLong() throws IOException {
    return (long) LONG.get(bytes, advance(Long.BYTES));
  }

  /** The next run of bytes, which its length precedes: a view, not a copy. */
  ByteBuffer readRun() throws IOException {
    int count = readLength();
    return ByteBuffer.wrap(bytes, advance(count), count).slice().order(ByteOrder.LITTLE_ENDIAN);
  }

  String readString() throws IOException {
    int count = readLength();
    return new String(bytes, advance(count), count, StandardCharsets.UTF_8);
  }

  private int readLength() throws IOException {
    int count = readInt();
    if (count < 0) {
      throw new IOException("the length " + count + " is negative");
    }
    return count;
  }

  private int advance(int count) throws IOException {
    if (count > end - position) {
      throw new IOException(count + " bytes expected, " + (end - position) + " remain");
    }
    int at = position;
    position += count;
    return at;
  }
}
