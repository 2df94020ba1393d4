package dev.vertxrpc.codec;

import dev.vertxrpc.RRef;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.util.List;

/**
 * Writes the values of one body. Confined to the encode that made it.
 */
final class ValueWriter {
  /** A guess: too little costs one more copy of a short body. */
  static final int DOCUMENT_BYTES = 120;
  private static final int RUN_OVERHEAD_BYTES = 1 + Integer.BYTES;
  private static final int BULK_BYTES = 2 + Integer.BYTES;

  private final Documents documents;
  /** Null where the built-in codec writes. */
  private final UserCodec user;
  private final Output out;
  private final CodecLimits limits;
  private final BulkRoom room;
  /** Both are null until there is something to go there. */
  private RefTable refs;
  private BulkTable bulk;

  ValueWriter(Documents documents, UserCodec user, CodecLimits limits, BulkRoom room, long expectedBytes,
              int count) {
    this.documents = documents;
    this.user = user;
    this.limits = limits;
    this.room = room;
    out = new Output(expectedBytes, limits);
    try {
      out.write(count);
    } catch (IOException cannotBe) {
      throw new IllegalStateException(cannotBe);
    }
  }

  /** How much room {@code value} takes, where that is cheap to say. */
  static long expectedBytes(Object value, CodecLimits limits) {
    Tag tag = Tag.of(value);
    if (tag.hasElements()) {
      long bytes = Elements.size(tag, value);
      return bytes < limits.bulkThresholdBytes() ? RUN_OVERHEAD_BYTES + bytes : BULK_BYTES;
    }
    return switch (tag) {
      case NULL -> 1;
      case STRING -> RUN_OVERHEAD_BYTES + ((String) value).length();
      case BOOLEAN, BYTE -> 1 + Byte.BYTES;
      case SHORT, CHAR -> 1 + Short.BYTES;
      case INT, FLOAT, REF -> 1 + Integer.BYTES;
      case LONG, DOUBLE -> 1 + Long.BYTES;
      default -> DOCUMENT_BYTES;
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
    if (user != null && tag != Tag.REF) {
      writeForeign(user.encode(value, declared));
    } else if (tag.hasElements()) {
      writeElements(tag, value);
    } else {
      out.write(tag.code());
      writeSingle(tag, declared, value);
    }
  }

  private void writeForeign(Buffer bytes) throws IOException {
    out.write(Tag.USER.code());
    out.writeInt(bytes.length());
    Elements.write(Tag.BUFFER, bytes, out.claim(bytes.length()));
  }

  private void writeElements(Tag tag, Object value) throws IOException {
    long bytes = Elements.size(tag, value);
    if (bytes >= limits.bulkThresholdBytes()) {
      out.write(Tag.BULK.code());
      out.write(tag.code());
      out.writeInt(bulk().indexOf(tag, value, bytes));
    } else {
      out.write(tag.code());
      out.writeInt((int) bytes);
      Elements.write(tag, value, out.claim(bytes));
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
      case REF -> out.writeInt(refs().indexOf((RRef<?>) value));
      default -> writeRun(tag, declared, value);
    }
  }

  private void writeRun(Tag tag, DeclaredType declared, Object value) throws IOException {
    int at = out.length();
    out.writeInt(0);
    if (tag == Tag.STRING) {
      out.writeUtf8((String) value);
    } else {
      documents.write(declared, value, out, new Outgoing(refs(), bulk()));
    }
    out.setInt(at, out.length() - at - Integer.BYTES);
  }

  private RefTable refs() {
    if (refs == null) {
      refs = new RefTable();
    }
    return refs;
  }

  private BulkTable bulk() {
    if (bulk == null) {
      bulk = new BulkTable(limits.bulkThresholdBytes(), out, room);
    }
    return bulk;
  }

  /** Whatever was written is of no use. */
  void giveUp() {
    if (bulk != null) {
      room.giveBack(bulk.copies());
    }
  }

  ValueCodec.Encoded finish() {
    return new ValueCodec.Encoded(out.bytes(), out.length(), bulk == null ? List.of() : bulk.copies(),
        refs == null ? List.of() : refs.refs());
  }
}
