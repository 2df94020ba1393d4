package dev.vertxrpc.codec;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.SerializerProvider;
import dev.vertxrpc.RRef;
import java.io.IOException;
import java.lang.reflect.Type;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * RRefs, primitive arrays and buffers inside a document: one Smile binary each, a tag and its content.
 * The tag lets them be told apart where the declared type is Object. Immutable.
 */
final class Chunks {
  private Chunks() {
  }

  static void write(Object value, JsonGenerator out, SerializerProvider provider) throws IOException {
    Tag tag = Tag.of(value);
    long size = tag == Tag.REF ? Integer.BYTES : Elements.size(tag, value);
    if (size >= Integer.MAX_VALUE - 8) {
      throw new IOException(size + " bytes in one piece; pass it in parts");
    }
    ByteBuffer chunk = ByteBuffer.allocate(1 + (int) size).order(ByteOrder.LITTLE_ENDIAN);
    chunk.put((byte) tag.code());
    if (tag == Tag.REF) {
      RefTable refs = (RefTable) provider.getAttribute(RefTable.class);
      chunk.putInt(refs.indexOf((RRef<?>) value));
    } else {
      Elements.write(tag, value, chunk);
    }
    out.writeBinary(chunk.array());
  }

  /** The value at the parser, which must be of {@code expected}. */
  static Object read(JsonParser in, DeserializationContext context, Class<?> expected, Type refValueType)
      throws IOException {
    if (!in.hasToken(JsonToken.VALUE_EMBEDDED_OBJECT)) {
      return context.handleUnexpectedToken(expected, in);
    }
    ByteBuffer chunk = ByteBuffer.wrap(in.getBinaryValue()).order(ByteOrder.LITTLE_ENDIAN);
    Tag tag = chunk.hasRemaining() ? Tag.ofCode(chunk.get()) : null;
    if (tag == null || !tag.hasElements() && tag != Tag.REF) {
      return context.reportInputMismatch(expected, "found binary of an unknown kind");
    }
    if (!expected.isAssignableFrom(tag.type())) {
      return context.reportInputMismatch(expected, "found %s, expected %s",
          tag.type().getTypeName(), expected.getTypeName());
    }
    return tag == Tag.REF ? readRef(chunk, context, refValueType) : Elements.read(tag, chunk);
  }

  private static RRef<?> readRef(ByteBuffer chunk, DeserializationContext context, Type valueType)
      throws IOException {
    if (chunk.remaining() != Integer.BYTES) {
      throw new IOException("found " + chunk.remaining() + " bytes for the index of an RRef");
    }
    return ref((ValueCodec.RefDecoder) context.getAttribute(RRef.class), chunk.getInt(), valueType);
  }

  /** The handle that {@code refs} makes of that index. */
  static RRef<?> ref(ValueCodec.RefDecoder refs, int index, Type valueType) throws IOException {
    if (index < 0) {
      throw new IOException("the index " + index + " of an RRef is negative");
    }
    RRef<?> ref = refs.decode(index, valueType);
    if (ref == null) {
      throw new IOException("no RRef has the index " + index);
    }
    return ref;
  }
}
