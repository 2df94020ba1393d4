package dev.vertxrpc.codec;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.SerializerProvider;
import dev.vertxrpc.RRef;
import java.io.IOException;
import java.lang.reflect.Type;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * RRefs, primitive arrays and buffers inside a document: one Smile binary each, a tag and its content, or
 * where that is bulk its index. The tag lets them be told apart where the declared type is Object. Immutable.
 */
final class Chunks {
  private Chunks() {
  }

  static void write(Object value, JsonGenerator out, SerializerProvider provider) throws IOException {
    Outgoing outgoing = (Outgoing) provider.getAttribute(Outgoing.class);
    Tag tag = Tag.of(value);
    if (tag == Tag.REF) {
      out.writeBinary(chunk(tag, Integer.BYTES).putInt(outgoing.refs().indexOf((RRef<?>) value)).array());
      return;
    }
    long bytes = Elements.size(tag, value);
    if (outgoing.bulk().takes(bytes)) {
      int index = bulkIndex(outgoing.bulk(), tag, value, bytes, out);
      out.writeBinary(chunk(Tag.BULK, 1 + Integer.BYTES).put((byte) tag.code()).putInt(index).array());
    } else {
      ByteBuffer chunk = chunk(tag, (int) bytes);
      Elements.write(tag, value, chunk);
      out.writeBinary(chunk.array());
    }
  }

  private static ByteBuffer chunk(Tag tag, int bytes) {
    return ByteBuffer.allocate(1 + bytes).order(ByteOrder.LITTLE_ENDIAN).put((byte) tag.code());
  }

  // Jackson adds the path to its own exceptions only.
  private static int bulkIndex(BulkTable bulk, Tag tag, Object value, long bytes, JsonGenerator out)
      throws IOException {
    try {
      return bulk.indexOf(tag, value, bytes);
    } catch (IOException tooLarge) {
      throw JsonMappingException.from(out, value.getClass().getTypeName() + ": " + tooLarge.getMessage());
    }
  }

  /** The value at the parser, which must be of {@code expected}. */
  static Object read(JsonParser in, DeserializationContext context, Class<?> expected, Type refValueType)
      throws IOException {
    if (!in.hasToken(JsonToken.VALUE_EMBEDDED_OBJECT)) {
      return context.handleUnexpectedToken(expected, in);
    }
    ByteBuffer chunk = ByteBuffer.wrap(in.getBinaryValue()).order(ByteOrder.LITTLE_ENDIAN);
    Incoming incoming = (Incoming) context.getAttribute(Incoming.class);
    Tag tag = tag(chunk);
    if (tag == Tag.BULK) {
      Tag kind = tag(chunk);
      requireKind(kind, expected, context);
      return incoming.bulk().get(kind, index(chunk));
    }
    requireKind(tag, expected, context);
    return tag == Tag.REF ? ref(incoming.refs(), index(chunk), refValueType) : Elements.read(tag, chunk);
  }

  private static Tag tag(ByteBuffer chunk) {
    return chunk.hasRemaining() ? Tag.ofCode(chunk.get()) : null;
  }

  private static void requireKind(Tag tag, Class<?> expected, DeserializationContext context) throws IOException {
    if (tag == null || !tag.hasElements() && tag != Tag.REF) {
      context.reportInputMismatch(expected, "found binary of an unknown kind");
    } else if (!expected.isAssignableFrom(tag.type())) {
      context.reportInputMismatch(expected, "found %s, expected %s", tag.type().getTypeName(),
          expected.getTypeName());
    }
  }

  private static int index(ByteBuffer chunk) throws IOException {
    if (chunk.remaining() != Integer.BYTES) {
      throw new IOException("found " + chunk.remaining() + " bytes for an index");
    }
    return chunk.getInt();
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
