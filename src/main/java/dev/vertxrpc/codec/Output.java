package dev.vertxrpc.codec;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * A growing run of little-endian bytes, in an array that nobody copies. Confined to the encode that made it.
 */
final class Output extends OutputStream {
  private static final VarHandle SHORT = view(short[].class);
  private static final VarHandle CHAR = view(char[].class);
  private static final VarHandle INT = view(int[].class);
  private static final VarHandle LONG = view(long[].class);

  private final CodecLimits limits;
  private byte[] bytes;
  private int length;
  /** What travels beside these bytes, and leaves so much less room for them. */
  private int beside;
  /** How far the array may be filled. */
  private int end;

  Output(long expectedBytes, CodecLimits limits) {
    this.limits = limits;
    bytes = new byte[(int) Math.min(expectedBytes, limits.maxPayloadBytes())];
    end = bytes.length;
  }

  private static VarHandle view(Class<?> array) {
    return MethodHandles.byteArrayViewVarHandle(array, ByteOrder.LITTLE_ENDIAN);
  }

  int length() {
    return length;
  }

  /** What was written, and then nothing up to the end of the array; nobody may write any more. */
  byte[] bytes() {
    return bytes;
  }

  @Override
  public void write(int value) throws IOException {
    // First the claim: it may put another array in the place of this one.
    int at = claimBytes(1);
    bytes[at] = (byte) value;
  }

  @Override
  public void write(byte[] source, int offset, int count) throws IOException {
    int at = claimBytes(count);
    System.arraycopy(source, offset, bytes, at, count);
  }

  void writeShort(short value) throws IOException {
    int at = claimBytes(Short.BYTES);
    SHORT.set(bytes, at, value);
  }

  void writeChar(char value) throws IOException {
    int at = claimBytes(Character.BYTES);
    CHAR.set(bytes, at, value);
  }

  void writeInt(int value) throws IOException {
    int at = claimBytes(Integer.BYTES);
    INT.set(bytes, at, value);
  }

  void writeLong(long value) throws IOException {
    int at = claimBytes(Long.BYTES);
    LONG.set(bytes, at, value);
  }

  /** Writes over the four bytes at {@code at}. */
  void setInt(int at, int value) {
    INT.set(bytes, at, value);
  }

  /** The next {@code count} bytes, for the caller to fill before anything else is written. */
  ByteBuffer claim(long count) throws IOException {
    int at = claimBytes(count);
    return ByteBuffer.wrap(bytes, at, (int) count).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** Writes {@code text} as UTF-8 without making a byte array of it first. */
  void writeUtf8(String text) throws IOException {
    int chars = text.length();
    int at = claimBytes(chars);
    byte[] target = bytes;
    int i = 0;
    while (i < chars && text.charAt(i) < 0x80) {
      target[at++] = (byte) text.charAt(i++);
    }
    if (i < chars) {
      length = at;
      writeWideUtf8(text, i);
    }
  }

  private void writeWideUtf8(String text, int from) throws IOException {
    // Three bytes a char suffice: a surrogate pair, two chars, takes four.
    int at = claimBytes(3L * (text.length() - from));
    for (int i = from; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < 0x80) {
        bytes[at++] = (byte) c;
      } else if (c < 0x800) {
        bytes[at++] = (byte) (0xc0 | c >> 6);
        bytes[at++] = (byte) (0x80 | c & 0x3f);
      } else if (!Character.isSurrogate(c)) {
        bytes[at++] = (byte) (0xe0 | c >> 12);
        bytes[at++] = (byte) (0x80 | c >> 6 & 0x3f);
        bytes[at++] = (byte) (0x80 | c & 0x3f);
      } else {
        int point = text.codePointAt(i++);
        if (!Character.isSupplementaryCodePoint(point)) {
          throw new IOException("the string has half a surrogate pair at char " + (i - 1)
              + " and is no text; pass it as a char[]");
        }
        bytes[at++] = (byte) (0xf0 | point >> 18);
        bytes[at++] = (byte) (0x80 | point >> 12 & 0x3f);
        bytes[at++] = (byte) (0x80 | point >> 6 & 0x3f);
        bytes[at++] = (byte) (0x80 | point & 0x3f);
      }
    }
    length = at;
  }

  /** Refuses {@code count} bytes beside these where all together are too many. */
  void leaveRoomFor(long count) throws IOException {
    requireRoom(length + beside + count);
    beside += (int) count;
    end = Math.min(bytes.length, limits.maxPayloadBytes() - beside);
  }

  private int claimBytes(long count) throws IOException {
    int at = length;
    long needed = at + count;
    if (needed > end) {
      grow(needed);
    }
    length = (int) needed;
    return at;
  }

  private void grow(long needed) throws IOException {
    requireRoom(needed + beside);
    end = (int) Math.max(needed, Math.min(2L * bytes.length, limits.maxPayloadBytes() - beside));
    bytes = Arrays.copyOf(bytes, end);
  }

  private void requireRoom(long total) throws IOException {
    if (total > limits.maxPayloadBytes()) {
      throw new IOException(limits.tooLarge(total));
    }
  }
}
