package dev.vertxrpc.wire;

import io.vertx.core.buffer.Buffer;

/**
 * The function name that was read last in a batch. Calls of one function come in bursts: the same bytes again are the
 * same name, and need not be read. Confined to the thread that reads the batch.
 */
final class NameInBatch {
  private final Buffer bytes;
  private int start;
  private int length;
  private FunctionName name;

  NameInBatch(Buffer bytes) {
    this.bytes = bytes;
  }

  /** The name that begins at {@code from} and ends before {@code end}, if it is the last one again; else null. */
  FunctionName at(int from, int end) {
    return name != null && length <= end - from && isRepeatedAt(from) ? name : null;
  }

  // A name says itself how long it is, so bytes that are the same up to its end are the same name.
  private boolean isRepeatedAt(int from) {
    int compared = 0;
    for (; compared + Long.BYTES <= length; compared += Long.BYTES) {
      if (bytes.getLong(start + compared) != bytes.getLong(from + compared)) {
        return false;
      }
    }
    for (; compared < length; compared++) {
      if (bytes.getByte(start + compared) != bytes.getByte(from + compared)) {
        return false;
      }
    }
    return true;
  }

  /** How many bytes it takes. */
  int length() {
    return length;
  }

  void set(int from, int end, FunctionName read) {
    start = from;
    length = end - from;
    name = read;
  }
}
