package dev.vertxrpc.wire;

import io.netty.buffer.Unpooled;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.buffer.BufferInternal;
import java.util.List;

/**
 * Encoded values: a body and, beside it, the bulk data that the body refers to by index. Immutable as long as
 * nobody writes to the buffers; bulk that came in a lane is lent, see {@link #kept()}.
 *
 * @param loan what of it lies where the peer will write again once the frame has been delivered; null: nothing
 */
public record Payload(Buffer body, List<Buffer> bulk, Loan loan) {
  private static final Runnable NOTHING = () -> { };

  /** Bytes that are there to stay. */
  public Payload(Buffer body, List<Buffer> bulk) {
    this(body, bulk, null);
  }

  /** Bytes on their own. */
  public static Payload of(Buffer body) {
    return new Payload(body, List.of());
  }

  /** Whether bulk is there only until the frame has been delivered. */
  public boolean isLent() {
    return loan != null;
  }

  /**
   * Has bulk stay until what is returned is run, once, on any thread; while the frame is delivered, on the worker's
   * context.
   */
  public Runnable hold() {
    return isLent() ? loan.hold() : NOTHING;
  }

  /** The same, to be had for longer than it takes to deliver the frame that brought it: a copy where it is lent. */
  public Payload kept() {
    return isLent() ? new Payload(body, bulk.stream().map(Payload::copy).toList()) : this;
  }

  /** On the heap, wherever it was. */
  static Buffer copy(Buffer bulk) {
    return BufferInternal.buffer(Unpooled.wrappedBuffer(bulk.getBytes()));
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
