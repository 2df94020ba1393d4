package dev.vertxrpc.codec;

import java.io.IOException;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Values that need Jackson, as Smile documents. It keeps what it learns of each declared type; their
 * number is that of the functions' parameters. Thread-safe.
 */
final class Documents {
  private final DocumentMapper mapper;
  private final Map<Type, DeclaredType> declared = new ConcurrentHashMap<>();

  Documents(CodecLimits limits) {
    mapper = DocumentMapper.create(limits);
  }

  DeclaredType declared(Type type) {
    DeclaredType known = declared.get(type);
    return known != null ? known
        : declared.computeIfAbsent(type, added -> new DeclaredType(added, mapper.constructType(added)));
  }

  void write(DeclaredType type, Object value, Output out, Outgoing outgoing) throws IOException {
    String refusal = Refusals.of(value.getClass());
    if (refusal != null) {
      throw new IOException(refusal);
    }
    if (type.isOpen() && !survivesUndeclared(value)) {
      throw new IOException("a " + value.getClass().getTypeName()
          + " would arrive as something else; declare its type instead of " + type.raw().getSimpleName());
    }
    type.writer(mapper).withAttribute(Outgoing.class, outgoing).writeValue(out, value);
  }

  Object read(DeclaredType type, ByteBuffer document, Incoming incoming) throws IOException {
    ByteBuffer bytes = document;
    if (!bytes.hasArray()) {
      bytes = ByteBuffer.allocate(document.remaining()).put(document).flip();
    }
    // Jackson copies text and binary out of the array, so that no value keeps or sees the body.
    return type.reader(mapper).withAttribute(Incoming.class, incoming)
        .readValue(bytes.array(), bytes.arrayOffset() + bytes.position(), bytes.remaining());
  }

  private static boolean survivesUndeclared(Object value) {
    return value instanceof Map || value instanceof List
        || value instanceof BigDecimal || value instanceof BigInteger;
  }
}
