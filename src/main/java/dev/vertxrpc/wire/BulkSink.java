package dev.vertxrpc.wire;

import io.vertx.core.buffer.Buffer;

/** Where the large bulk of a frame goes instead of into its batch. Confined to the node's context. */
interface BulkSink {
  /** Into the batch. */
  BulkSink NONE = bulk -> null;

  /** Where {@code bulk} is now; null: it has to go into the batch. */
  Spot send(Buffer bulk);
}
