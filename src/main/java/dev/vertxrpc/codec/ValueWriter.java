package dev.vertxrpc.codec;

import dev.vertxrpc.RRef;
import java.io.IOException;
import java.util.List;

/**
 * Writes the values of one body. Confined to the encode that made it.
 */
final class ValueWriter {
  // A guess: too little costs one more copy of a short body.
  private static final int DOCUMENT_BYTES = 120;
  private static final int SCALAR_BYTES = 1 + Long.BYTES;
  private static final int RUN_OVERHEAD_BYTES = 1 + Integer.BYTES;

  private final Documents documents;
  private final Output out;
  private final RefTable refs = new RefTable();

  ValueWriter(Documents documents, long expectedBytes, int count) {
    this.documents = documents;
    out = new Output(expectedBytes);
    try {
      out.write(count);
    } catch (IOException cannotBe) {
      throw new IllegalStateException(cannotBe);
    }
  }

  /** How much room {@code value} takes, where that is cheap to say. */
  static long expectedBytes(Object value) {
    Tag tag = Tag.of(value);
    if (tag.hasElements()) {
      return RUN_OVERHEAD_BYTES + Elements.size(tag, value);
    }
    return switch (tag) {
      case NULL -> 1;
      case STRING -> RUN_OVERHEAD_BYTES + ((String) value).length();
      case DOCUMENT -> DOCUMENT_BYTES;
      default -> SCALAR_BYTES;
    };
  }

  void write(DeclaredType declared, Object value) throws IOException {
    if (value == null) {
      declared.requireNullable();
      out.write(Tag.NULL.code());
      return;
    }
    if (!declared.raw().isInstance(value)) {
      throw new IOException("a " + value.getClass().getTypeName() + " is none");
    }
    Tag tag = Tag.of(value);
    if (!declared.takes(tag)) {
      tag = Tag.DOCUMENT;
    }
    out.write(tag.code());
    if (tag.hasElements()) {
      long bytes = Elements.size(tag, value);
      // Past 2 GiB the claim is refused, so the cast says nothing wrong that anybody reads.
      out.writeInt((int) bytes);
      Elements.write(tag, value, out.claim(bytes));
    } else {
      writeSingle(tag, declared, value);
    }
  }

  private void writeSingle(Tag tag, DeclaredType declared, Object value) throws IOException {
    switch (tag) {
      case BOOLEAN -> out.write((Boolean) value ? 1 : 0);
      case BYTE -> out.write((Byte) value);
      case SHORT -> out.writeShort((Short) value);
      case CHAR -> out.writeChar((Character) value);
      case INT -> out.writeInt((Integer) value);
      case LONG -> out.writeLong((Long) value);
      case FLOAT -> out.writeInt(Float.floatToRawIntBits((Float) value));
      case DOUBLE -> out.writeLong(Double.doubleToRawLongBits((Double) value));
      case REF -> out.writeInt(refs.indexOf((RRef<?>) value));
      default -> writeRun(tag, declared, value);
    }
  }

  private void writeRun(Tag tag, DeclaredType declared, Object value) throws IOException {
    int at = out.length();
    out.writeInt(0);
    if (tag == Tag.STRING) {
      out.writeUtf8((String) value);
    } else {
      documents.write(declared, value, out, refs);
    }
    out.setInt(at, out.length() - at - Integer.BYTES);
  }

  ValueCodec.Encoded finish() {
    return new ValueCodec.Encoded(out.toBuffer(), List.of(), refs.refs());
  }
}
