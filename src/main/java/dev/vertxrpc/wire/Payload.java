package dev.vertxrpc.wire;

import io.vertx.core.buffer.Buffer;
import java.util.List;

/**
 * Encoded values: a body and, beside it, the bulk data that the body refers to by index. Immutable as long as
 * nobody writes to the buffers.
 */
public record Payload(Buffer body, List<Buffer> bulk) {
  /** Bytes on their own. */
  public static Payload of(Buffer body) {
    return new Payload(body, List.of());
  }

  /** All of its bytes. */
  public long bytes() {
    long bytes = body.length();
    for (int i = 0; i < bulk.size(); i++) {
      bytes += bulk.get(i).length();
    }
    return bytes;
  }
}
