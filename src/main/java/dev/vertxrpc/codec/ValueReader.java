package dev.vertxrpc.codec;

import java.io.IOException;

/**
 * Reads the values of one body. Confined to the decode that made it.
 */
final class ValueReader {
  private static final String BUILDS = "; run the same build on both sides";

  private final Documents documents;
  /** Null where the built-in codec wrote. */
  private final UserCodec user;
  private final Input in;
  private final ValueCodec.RefDecoder refs;
  private final BulkValues bulk;

  ValueReader(Documents documents, UserCodec user, Input in, ValueCodec.RefDecoder refs, BulkValues bulk) {
    this.documents = documents;
    this.user = user;
    this.refs = refs;
    this.bulk = bulk;
    this.in = in;
  }

  /** Refuses a body that holds another number of values. */
  void start(int expected) throws IOException {
    int count = in.readUnsignedByte();
    if (count != expected) {
      throw new IOException("found " + count + " values, expected " + expected + BUILDS);
    }
  }

  Object read(DeclaredType declared) throws IOException {
    Tag tag = readTag();
    if (tag == Tag.NULL) {
      declared.requireNullable();
      return null;
    }
    if (tag == Tag.USER || user != null && tag != Tag.REF) {
      return readForeign(tag, declared);
    }
    if (tag == Tag.DOCUMENT) {
      return readDocument(declared);
    }
    if (tag == Tag.BULK) {
      return readBulk(declared);
    }
    // Checked before the content: a RefDecoder must not hear of a handle that nobody will get.
    requireTaken(declared, tag);
    return tag.hasElements() ? Elements.read(tag, in.readRun()) : readSingle(tag, declared);
  }

  private Object readForeign(Tag tag, DeclaredType declared) throws IOException {
    if (tag != Tag.USER || user == null) {
      throw new IOException("found the tag " + tag + ", which " + (user == null ? "the built-in codec" : user)
          + " does not write" + BUILDS);
    }
    return user.decode(in.readRun(), declared);
  }

  private Tag readTag() throws IOException {
    int code = in.readUnsignedByte();
    Tag tag = Tag.ofCode(code);
    if (tag == null) {
      throw new IOException("unknown tag " + code + BUILDS);
    }
    return tag;
  }

  private static void requireTaken(DeclaredType declared, Tag tag) throws IOException {
    if (!declared.takes(tag)) {
      throw new IOException("found " + tag.type().getTypeName() + BUILDS);
    }
  }

  private Object readBulk(DeclaredType declared) throws IOException {
    Tag kind = readTag();
    if (!kind.hasElements()) {
      throw new IOException("found bulk of an unknown kind" + BUILDS);
    }
    requireTaken(declared, kind);
    return bulk.get(kind, in.readInt());
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
      case REF -> Chunks.ref(refs, in.readInt(), declared.refValueType());
      default -> throw new IllegalArgumentException(tag.name());
    };
  }

  private Boolean readBoolean() throws IOException {
    int value = in.readByte();
    if (value != 0 && value != 1) {
      throw new IOException("found " + value + " for a boolean");
    }
    return value == 1;
  }

  private Object readDocument(DeclaredType declared) throws IOException {
    Object value = documents.read(declared, in.readRun(), new Incoming(refs, bulk));
    if (value == null) {
      declared.requireNullable();
    } else if (!declared.raw().isInstance(value)) {
      throw new IOException("found " + value.getClass().getTypeName() + BUILDS);
    }
    return value;
  }

  /** Refuses bytes after the last value, and bulk that none of them used. */
  void finish() throws IOException {
    if (in.remaining() > 0) {
      throw new IOException(in.remaining() + " bytes follow the last value" + BUILDS);
    }
    bulk.requireAllMade();
  }
}
