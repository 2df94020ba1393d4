package dev.vertxrpc.wire;

import io.netty.buffer.Unpooled;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.buffer.BufferInternal;
import java.util.List;
import java.util.function.Consumer;

/**
 * Encoded values: a body and, beside it, the bulk data that the body refers to by index. Immutable as long as
 * nobody writes to the buffers; bulk that came in an arena is lent, see {@link #kept()}; what comes in a socket or in
 * chunks may not be there yet, see {@link #whenThere}.
 *
 * @param loan what of it lies where the peer will write again once the frame has been delivered; null: nothing
 * @param arriving what of it may not be there; null: all is
 */
public record Payload(Buffer body, List<Buffer> bulk, Loan loan, Arriving arriving) {
  private static final Runnable NOTHING = () -> { };

  /** Bytes that are there to stay. */
  public Payload(Buffer body, List<Buffer> bulk) {
    this(body, bulk, null, null);
  }

  Payload(Buffer body, List<Buffer> bulk, Loan loan) {
    this(body, bulk, loan, null);
  }

  Payload(Arriving arriving) {
    this(null, List.of(), null, arriving);
  }

  /** Bytes on their own. */
  public static Payload of(Buffer body) {
    return new Payload(body, List.of());
  }

  /** The body, which has to be there. */
  @Override
  public Buffer body() {
    return arriving == null ? body : arriving.body();
  }

  /** The bulk, which has to be there. */
  @Override
  public List<Buffer> bulk() {
    return arriving == null ? bulk : arriving.bulk();
  }

  /** Whether some of it is still to come. */
  boolean isPending() {
    return arriving != null && arriving.isPending();
  }

  /** Whether all of it is there. */
  public boolean isThere() {
    return arriving == null || arriving.isThere();
  }

  /**
   * Has {@code then} hear, once, when all of it is there: null, or why it never will be. On any thread, this one
   * included.
   */
  public void whenThere(Consumer<String> then) {
    if (arriving == null) {
      then.accept(null);
    } else {
      arriving.whenThere(then);
    }
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

  /** All of its bytes, those that are not there included. */
  public long bytes() {
    if (arriving != null) {
      return arriving.bytes();
    }
    long bytes = body.length();
    for (int i = 0; i < bulk.size(); i++) {
      bytes += bulk.get(i).length();
    }
    return bytes;
  }
}
