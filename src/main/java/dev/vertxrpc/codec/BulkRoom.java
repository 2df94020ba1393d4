package dev.vertxrpc.codec;

import io.vertx.core.buffer.Buffer;
import java.util.List;

/** Where the copies of arrays and buffers are put that travel beside a body. Confined to the encode that it serves. */
public interface BulkRoom {
  /** Copies are put on the heap. */
  BulkRoom HEAP = new BulkRoom() {};

  /** Room for exactly so many bytes; null: on the heap. */
  default Buffer claim(int bytes) {
    return null;
  }

  /** What was encoded so far is not going to travel; {@code copies} may be on the heap too. */
  default void giveBack(List<Buffer> copies) {}
}
