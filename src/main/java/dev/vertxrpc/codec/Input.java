package dev.vertxrpc.codec;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.buffer.BufferInternal;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * The bytes of a body, read front to back. A length is believed only when that many bytes remain.
 * Confined to the decode that made it.
 */
final class Input {
  private final ByteBuffer bytes;

  Input(Buffer body) {
    bytes = view(body);
  }

  /** The bytes of {@code buffer}, little-endian, not copied. */
  static ByteBuffer view(Buffer buffer) {
    ByteBuffer view = buffer instanceof BufferInternal internal
        ? internal.getByteBuf().nioBuffer() : ByteBuffer.wrap(buffer.getBytes());
    return view.order(ByteOrder.LITTLE_ENDIAN);
  }

  int remaining() {
    return bytes.remaining();
  }

  int readUnsignedByte() throws IOException {
    return need(Byte.BYTES).get() & 0xff;
  }

  byte readByte() throws IOException {
    return need(Byte.BYTES).get();
  }

  short readShort() throws IOException {
    return need(Short.BYTES).getShort();
  }

  char readChar() throws IOException {
    return need(Character.BYTES).getChar();
  }

  int readInt() throws IOException {
    return need(Integer.BYTES).getInt();
  }

  long readLong() throws IOException {
    return need(Long.BYTES).getLong();
  }

  /** The next run of bytes, which its length precedes: a view, not a copy. */
  ByteBuffer readRun() throws IOException {
    int count = readInt();
    if (count < 0) {
      throw new IOException("the length " + count + " is negative");
    }
    need(count);
    ByteBuffer run = bytes.slice(bytes.position(), count).order(ByteOrder.LITTLE_ENDIAN);
    bytes.position(bytes.position() + count);
    return run;
  }

  String readString() throws IOException {
    ByteBuffer run = readRun();
    if (run.hasArray()) {
      return new String(run.array(), run.arrayOffset(), run.remaining(), StandardCharsets.UTF_8);
    }
    byte[] copy = new byte[run.remaining()];
    run.get(copy);
    return new String(copy, StandardCharsets.UTF_8);
  }

  private ByteBuffer need(int count) throws IOException {
    if (count > bytes.remaining()) {
      throw new IOException(count + " bytes expected, " + bytes.remaining() + " remain");
    }
    return bytes;
  }
}
