package dev.vertxrpc.codec;

import io.vertx.core.buffer.Buffer;

/** Where the copies of arrays and buffers are put that travel beside a body. Confined to the encode that it serves. */
@FunctionalInterface
public interface BulkRoom {
  /** Copies are put on the heap. */
  BulkRoom HEAP = bytes -> null;

  /** Room for exactly so many bytes; null: on the heap. */
  Buffer claim(int bytes);
}
