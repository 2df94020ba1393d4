package dev.vertxrpc.wire;

import io.vertx.core.buffer.Buffer;

/** Where the bulk of a frame is found that is not in its batch. Confined to the worker's context. */
interface BulkSource {
  /** There is no lane, so there can be nothing in it. */
  BulkSource NONE = (at, length) -> {
    throw new MalformedFrameException(length + " bytes in a lane, and there is none");
  };
  /** For frames that nobody gets. */
  BulkSource IGNORED = (at, length) -> Buffer.buffer();

  /** A view of what lies there, which belongs to the {@link #loan}. */
  Buffer read(int at, int length);

  /** What the frame brings that is being read; null where that is nothing. */
  default Loan loan() {
    return null;
  }
}
