package dev.vertxrpc.codec;

import dev.vertxrpc.RRef;
import dev.vertxrpc.RpcCodec;
import dev.vertxrpc.RpcException;
import io.netty.buffer.Unpooled;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.buffer.BufferInternal;
import java.io.IOException;
import java.lang.reflect.Type;
import java.util.List;

/**
 * Arguments and results as bytes: encodes values for their declared types and decodes to those types
 * only. Every failure is an {@link RpcException} with CODEC that names the argument, its type, the path
 * to the value and what to do. Encoding has no effect but its result, which is a copy; decoded
 * values share nothing with the body.
 *
 * <p>A body, little-endian throughout:
 * <pre>
 * body     = count:u8 value*
 * value    = tag:u8 content
 * NULL      0                             BOOLEANS    16  run of u8, 0 or 1
 * BOOLEAN   1  u8, 0 or 1                 BYTES       17  run of i8
 * BYTE      2  i8                         SHORTS      18  run of i16
 * SHORT     3  i16                        CHARS       19  run of u16
 * CHAR      4  u16                        INTS        20  run of i32
 * INT       5  i32                        LONGS       21  run of i64
 * LONG      6  i64                        FLOATS      22  run of f32
 * FLOAT     7  f32                        DOUBLES     23  run of f64
 * DOUBLE    8  f64                        BUFFER      24  run of i8
 * STRING    9  run, UTF-8                 BYTE_BUFFER 25  run of i8
 * REF      10  i32, index of the RRef     DOCUMENT    11  run, Smile
 * BULK     12  kind:u8 (16 to 25) and the index, i32, of the buffer beside the body that is its content
 * USER     13  run, written by the codec of the application that the call names; then NULL and REF are
 *              the only other tags
 * run      = bytes:i32 content
 * </pre>
 * A scalar, a string, a primitive array or a buffer has its own tag where the declared type takes it;
 * anything else is a Smile document (with header, raw binary, shared names) that Jackson writes for the
 * declared type. Inside a document RRefs, primitive arrays and buffers are Smile binary: a tag (10, 12, 16
 * to 25) and its content without length. Times are ISO 8601 text. Bytes after the last value are refused, and
 * bulk that no value uses.
 *
 * <p>Primitive arrays and buffers of {@link CodecLimits#bulkThresholdBytes()} or more are BULK wherever they
 * are: no pass through Jackson, one copy on either side. Bulk and RRefs that were one object when they were
 * encoded are one object again when they are decoded, in all arguments of a call; everything else that was met
 * twice arrives as two objects, and nothing is ever shared with the values that were encoded.
 *
 * <p>Where the declared type is Object, only what needs no declaration comes back as it was: scalars,
 * strings, primitive arrays, buffers and RRefs; maps and lists of them as in JSON. Thread-safe.
 */
public final class ValueCodec {
  private static final int MAX_VALUES = 255;

  private final CodecLimits limits;
  private final Documents documents;
  /** Null: values are encoded as described above. */
  private final UserCodec user;

  public ValueCodec(CodecLimits limits) {
    this(limits, new Documents(limits), null);
  }

  private ValueCodec(CodecLimits limits, Documents documents, UserCodec user) {
    this.limits = limits;
    this.documents = documents;
    this.user = user;
  }

  /**
   * The same, but {@code other} encodes and decodes whatever is no null and no RRef itself.
   *
   * @throws RpcException CODEC if it has no name
   */
  public ValueCodec with(RpcCodec other) {
    return new ValueCodec(limits, documents, UserCodec.of(other));
  }

  /** The name of the application's codec; empty for the built-in one. */
  public String name() {
    return user == null ? "" : user.name();
  }

  /**
   * Values as bytes, the first {@code length} ones of an array, and beside them the bulk and the RRefs met in them,
   * each object once; in the body its index stands for it. Immutable.
   */
  public record Encoded(byte[] bytes, int length, List<Buffer> bulk, List<RRef<?>> refs) {
    /** The bytes, which are not copied. */
    public Buffer body() {
      return BufferInternal.buffer(Unpooled.wrappedBuffer(bytes, 0, length));
    }
  }

  /** Makes the handles that a body speaks of; it throws what it has to say about an unknown index. */
  @FunctionalInterface
  public interface RefDecoder {
    /**
     * The handle at {@code index}, which is not negative. {@code valueType} is the T of the declared
     * {@code RRef<T>}: a Class, or where it has type arguments a Type to decode with; Object where
     * nothing is declared.
     */
    RRef<?> decode(int index, Type valueType);
  }

  /** Encodes arguments; failures call them argument 1, 2 and so on. */
  public Encoded encode(List<Type> types, Object[] values) {
    return encode(types, values, BulkRoom.HEAP);
  }

  /** The same; what travels beside the body is put into {@code room}, and given back where it fails. */
  public Encoded encode(List<Type> types, Object[] values, BulkRoom room) {
    sameLength(types.size(), values.length);
    long expectedBytes = 1;
    for (Object value : values) {
      expectedBytes += expectedBytes(value);
    }
    ValueWriter writer = new ValueWriter(documents, user, limits, room, expectedBytes, values.length);
    try {
      for (int i = 0; i < values.length; i++) {
        encode(writer, null, i, types.get(i), values[i]);
      }
      return writer.finish();
    } catch (Throwable unencodable) {
      writer.giveUp();
      throw unencodable;
    }
  }

  /** Encodes one value, which failures call {@code label}: "result", say. */
  public Encoded encode(String label, Type type, Object value) {
    return encode(label, type, value, BulkRoom.HEAP);
  }

  /** The same; what travels beside the body is put into {@code room}, and given back where it fails. */
  public Encoded encode(String label, Type type, Object value, BulkRoom room) {
    ValueWriter writer = new ValueWriter(documents, user, limits, room, 1 + expectedBytes(value), 1);
    try {
      encode(writer, label, 0, type, value);
      return writer.finish();
    } catch (Throwable unencodable) {
      writer.giveUp();
      throw unencodable;
    }
  }

  /** Decodes as many arguments as there are types, of the {@code length} bytes that begin at {@code start}. */
  public Object[] decode(byte[] bytes, int start, int length, List<Buffer> bulk, List<Type> types, RefDecoder refs) {
    return decode(new Input(bytes, start, length), bulk, types, refs);
  }

  /** The same of a body in a buffer. */
  public Object[] decode(Buffer body, List<Buffer> bulk, List<Type> types, RefDecoder refs) {
    return decode(Input.of(body), bulk, types, refs);
  }

  private Object[] decode(Input in, List<Buffer> bulk, List<Type> types, RefDecoder refs) {
    ValueReader reader = open(in, bulk, refs, "arguments", types.size());
    Object[] values = new Object[types.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = decode(reader, null, i, types.get(i));
    }
    close(reader, "arguments");
    return values;
  }

  /**
   * The one value of the {@code length} bytes that begin at {@code start}. Failures call it {@code label}: its text is
   * made only for them.
   */
  public Object decode(Object label, byte[] bytes, int start, int length, List<Buffer> bulk, Type type,
                       RefDecoder refs) {
    return decode(label, new Input(bytes, start, length), bulk, type, refs);
  }

  /** The same of a body in a buffer. */
  public Object decode(Object label, Buffer body, List<Buffer> bulk, Type type, RefDecoder refs) {
    return decode(label, Input.of(body), bulk, type, refs);
  }

  private Object decode(Object label, Input in, List<Buffer> bulk, Type type, RefDecoder refs) {
    ValueReader reader = open(in, bulk, refs, label, 1);
    Object value = decode(reader, label, 0, type);
    close(reader, label);
    return value;
  }

  private long expectedBytes(Object value) {
    return user == null ? ValueWriter.expectedBytes(value, limits) : ValueWriter.DOCUMENT_BYTES;
  }

  private void encode(ValueWriter writer, Object label, int index, Type type, Object value) {
    try {
      writer.write(documents.declared(type), value);
    } catch (Throwable thrown) {
      // Code of the application runs in there: whatever it throws, the call has to end.
      throw Failures.encoding(label(label, index), type, thrown);
    }
  }

  private Object decode(ValueReader reader, Object label, int index, Type type) {
    try {
      return reader.read(documents.declared(type));
    } catch (Throwable thrown) {
      throw Failures.decoding(label(label, index), type, thrown);
    }
  }

  // Built only for a message: a call that works makes no string.
  private static String label(Object label, int index) {
    return label != null ? label.toString() : "argument " + (index + 1);
  }

  private ValueReader open(Input in, List<Buffer> bulk, RefDecoder refs, Object label, int count) {
    ValueReader reader = new ValueReader(documents, user, in, refs, BulkValues.of(bulk));
    try {
      requireSize(in.remaining(), bulk);
      reader.start(count);
    } catch (IOException thrown) {
      throw Failures.body(label.toString(), thrown);
    }
    return reader;
  }

  private void requireSize(int bodyBytes, List<Buffer> bulk) throws IOException {
    long bytes = bodyBytes;
    for (int i = 0; i < bulk.size(); i++) {
      bytes += bulk.get(i).length();
    }
    if (bytes > limits.maxPayloadBytes()) {
      throw new IOException(limits.tooLarge(bytes));
    }
  }

  private static void close(ValueReader reader, Object label) {
    try {
      reader.finish();
    } catch (IOException thrown) {
      throw Failures.body(label.toString(), thrown);
    }
  }

  private static void sameLength(int types, int values) {
    if (types != values || values > MAX_VALUES) {
      throw new IllegalArgumentException(values + " values for " + types + " types; at most " + MAX_VALUES);
    }
  }
}
