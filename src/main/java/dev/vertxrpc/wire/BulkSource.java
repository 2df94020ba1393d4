package dev.vertxrpc.wire;

import io.vertx.core.buffer.Buffer;

/** Where the bulk of a frame is found that is not in its batch. Confined to the worker's context. */
interface BulkSource {
  /** There is nothing beside the batch. */
  BulkSource NONE = (at, length) -> {
    throw new MalformedFrameException(length + " bytes in a lane, and there is none");
  };

  /** For frames that nobody gets. */
  BulkSource IGNORED = new BulkSource() {
    @Override
    public Buffer read(int at, int length) {
      return Buffer.buffer();
    }

    @Override
    public Coming expect(long number, int length) {
      return Coming.refused(number, "nobody gets it");
    }
  };

  /** A view of what lies there, which belongs to the {@link #loan}. */
  Buffer read(int at, int length);

  /** What comes by itself under that number, or has come. */
  default Coming expect(long number, int length) {
    throw new MalformedFrameException(length + " bytes that come by themselves, which nothing does");
  }

  /** What the frame brings that is being read; null where that is nothing. */
  default Loan loan() {
    return null;
  }
}
