package dev.vertxrpc.codec;

import io.netty.buffer.Unpooled;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.buffer.BufferInternal;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * Copies of the arrays and buffers that travel beside one body, each object once, in the order met. Confined
 * to the encode that made it.
 */
final class BulkTable {
  private final int thresholdBytes;
  private final Output body;
  private List<Buffer> copies = List.of();
  private Map<Object, Integer> indexes = Map.of();

  BulkTable(int thresholdBytes, Output body) {
    this.thresholdBytes = thresholdBytes;
    this.body = body;
  }

  /** Whether content of that size goes here, and not into the body. */
  boolean takes(long bytes) {
    return bytes >= thresholdBytes;
  }

  /** The index that stands for {@code value}, whose elements take so many bytes. */
  int indexOf(Tag kind, Object value, long bytes) throws IOException {
    if (copies.isEmpty()) {
      copies = new ArrayList<>();
      // By identity: equal arrays stay two.
      indexes = new IdentityHashMap<>();
    }
    Integer known = indexes.putIfAbsent(value, copies.size());
    if (known != null) {
      return known;
    }
    body.leaveRoomFor(bytes);
    byte[] copy = new byte[(int) bytes];
    Elements.write(kind, value, ByteBuffer.wrap(copy).order(ByteOrder.LITTLE_ENDIAN));
    copies.add(BufferInternal.buffer(Unpooled.wrappedBuffer(copy)));
    return copies.size() - 1;
  }

  List<Buffer> copies() {
    return copies.isEmpty() ? copies : Collections.unmodifiableList(copies);
  }
}
