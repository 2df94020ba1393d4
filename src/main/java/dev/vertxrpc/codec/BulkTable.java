package dev.vertxrpc.codec;

import io.netty.buffer.Unpooled;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.buffer.BufferInternal;
import java.io.IOException;
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
  private final BulkRoom room;
  private List<Buffer> copies = List.of();
  private Map<Object, Integer> indexes = Map.of();

  BulkTable(int thresholdBytes, Output body, BulkRoom room) {
    this.thresholdBytes = thresholdBytes;
    this.body = body;
    this.room = room;
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
    Buffer claimed = room.claim((int) bytes);
    Buffer copy = claimed == null ? BufferInternal.buffer(Unpooled.wrappedBuffer(new byte[(int) bytes])) : claimed;
    // First: room that was claimed is given back if the rest fails.
    copies.add(copy);
    Elements.write(kind, value, Input.view(copy));
    return copies.size() - 1;
  }

  List<Buffer> copies() {
    return copies.isEmpty() ? copies : Collections.unmodifiableList(copies);
  }
}
