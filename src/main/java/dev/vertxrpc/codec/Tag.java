package dev.vertxrpc.codec;

import dev.vertxrpc.RRef;
import io.vertx.core.buffer.Buffer;
import java.nio.ByteBuffer;

/**
 * What follows in a body: the byte before each value, and the first byte of each binary chunk inside a
 * document. The codes are on the wire: never renumber, never reuse. Immutable.
 */
enum Tag {
  NULL(0, Void.class, 0),
  BOOLEAN(1, Boolean.class, 0),
  BYTE(2, Byte.class, 0),
  SHORT(3, Short.class, 0),
  CHAR(4, Character.class, 0),
  INT(5, Integer.class, 0),
  LONG(6, Long.class, 0),
  FLOAT(7, Float.class, 0),
  DOUBLE(8, Double.class, 0),
  STRING(9, String.class, 0),
  REF(10, RRef.class, 0),
  DOCUMENT(11, Object.class, 0),
  BULK(12, Object.class, 0),
  USER(13, Object.class, 0),
  BOOLEANS(16, boolean[].class, 1),
  BYTES(17, byte[].class, 1),
  SHORTS(18, short[].class, 2),
  CHARS(19, char[].class, 2),
  INTS(20, int[].class, 4),
  LONGS(21, long[].class, 8),
  FLOATS(22, float[].class, 4),
  DOUBLES(23, double[].class, 8),
  BUFFER(24, Buffer.class, 1),
  BYTE_BUFFER(25, ByteBuffer.class, 1);

  private static final Tag[] BY_CODE = new Tag[32];
  private static final ClassValue<Tag> BY_CLASS = new ClassValue<>() {
    @Override
    protected Tag computeValue(Class<?> type) {
      for (Tag tag : values()) {
        if (tag.type != Object.class && tag.type.isAssignableFrom(type)) {
          return tag;
        }
      }
      return DOCUMENT;
    }
  };

  static {
    for (Tag tag : values()) {
      BY_CODE[tag.code] = tag;
    }
  }

  private final int code;
  private final Class<?> type;
  private final int elementBytes;

  Tag(int code, Class<?> type, int elementBytes) {
    this.code = code;
    this.type = type;
    this.elementBytes = elementBytes;
  }

  /** The tag for {@code value}; {@link #DOCUMENT} for what has none of its own. */
  static Tag of(Object value) {
    return value == null ? NULL : BY_CLASS.get(value.getClass());
  }

  /** The tag with that code, or null where there is none. */
  static Tag ofCode(int code) {
    return code >= 0 && code < BY_CODE.length ? BY_CODE[code] : null;
  }

  int code() {
    return code;
  }

  /** What decoding it gives, boxed. */
  Class<?> type() {
    return type;
  }

  /** Whether the content is equal elements, copied at once: a primitive array or a buffer. */
  boolean hasElements() {
    return elementBytes > 0;
  }

  int elementBytes() {
    return elementBytes;
  }
}
