package dev.vertxrpc.codec;

import dev.vertxrpc.RRef;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;

/**
 * Reads the values of one body. Confined to the decode that made it.
 */
final class ValueReader {
  private static final String BUILDS = "; run the same build on both sides";

  private final Documents documents;
  private final Input in;
  private final ValueCodec.RefDecoder refs;

  ValueReader(Documents documents, Buffer body, ValueCodec.RefDecoder refs) {
    this.documents = documents;
    this.refs = refs;
    in = new Input(body);
  }

  /** Refuses a body that holds another number of values. */
  void start(int expected) throws IOException {
    int count = in.readUnsignedByte();
    if (count != expected) {
      throw new IOException("found " + count + " values, expected " + expected + BUILDS);
    }
  }

  Object read(DeclaredType declared) throws IOException {
    int code = in.readUnsignedByte();
    Tag tag = Tag.ofCode(code);
    if (tag == null) {
      throw new IOException("unknown tag " + code + BUILDS);
    }
    if (tag == Tag.NULL) {
      declared.requireNullable();
      return null;
    }
    // Checked before the content: a RefDecoder must not hear of a handle that nobody will get.
    if (tag != Tag.DOCUMENT && !declared.takes(tag)) {
      throw new IOException("found " + tag.type().getTypeName() + BUILDS);
    }
    return tag.hasElements() ? Elements.read(tag, in.readRun()) : readSingle(tag, declared);
  }

  private Object readSingle(Tag tag, DeclaredType declared) throws IOException {
    return switch (tag) {
      case BOOLEAN -> readBoolean();
      case BYTE -> in.readByte();
      case SHORT -> in.readShort();
      case CHAR -> in.readChar();
      case INT -> in.readInt();
      case LONG -> in.readLong();
      case FLOAT -> Float.intBitsToFloat(in.readInt());
      case DOUBLE -> Double.longBitsToDouble(in.readLong());
      case STRING -> in.readString();
      case REF -> readRef(declared);
      default -> readDocument(declared);
    };
  }

  private Boolean readBoolean() throws IOException {
    int value = in.readByte();
    if (value != 0 && value != 1) {
      throw new IOException("found " + value + " for a boolean");
    }
    return value == 1;
  }

  private RRef<?> readRef(DeclaredType declared) throws IOException {
    return Chunks.ref(refs, in.readInt(), declared.refValueType());
  }

  private Object readDocument(DeclaredType declared) throws IOException {
    Object value = documents.read(declared, in.readRun(), refs);
    if (value == null) {
      declared.requireNullable();
    } else if (!declared.raw().isInstance(value)) {
      throw new IOException("found " + value.getClass().getTypeName() + BUILDS);
    }
    return value;
  }

  /** Refuses bytes after the last value. */
  void finish() throws IOException {
    if (in.remaining() > 0) {
      throw new IOException(in.remaining() + " bytes follow the last value" + BUILDS);
    }
  }
}
