package dev.vertxrpc.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.buffer.BufferInternal;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/**
 * Encoded values: a body and, beside it, the bulk data that the body refers to by index. The body is a part of an
 * array, since most are a few bytes, and a buffer around them takes ten times their room. Immutable as long as nobody
 * writes to array and buffers; bulk that came in an arena is lent, see {@link #kept()}; what comes in a socket or in
 * chunks may not be there yet, see {@link #whenThere}.
 */
public final class Payload {
  private static final Runnable NOTHING = () -> { };

  private final byte[] array;
  private final int start;
  private final int length;
  private final List<Buffer> bulk;
  /** What of it lies where the peer will write again once the frame has been delivered; null: nothing. */
  private final Loan loan;
  /** What of it may not be there; null: all is. */
  private final Arriving arriving;

  private Payload(byte[] array, int start, int length, List<Buffer> bulk, Loan loan, Arriving arriving) {
    this.array = array;
    this.start = start;
    this.length = length;
    this.bulk = bulk;
    this.loan = loan;
    this.arriving = arriving;
  }

  /** Bytes that are there to stay. The body are the first {@code length} ones of {@code array}. */
  public Payload(byte[] array, int length, List<Buffer> bulk) {
    this(array, 0, length, bulk, null, null);
  }

  /** The same with a body that is a part of {@code array}, which it keeps. */
  Payload(byte[] array, int start, int length) {
    this(array, start, length, List.of(), null, null);
  }

  public Payload(Buffer body, List<Buffer> bulk) {
    this(body, bulk, null);
  }

  Payload(Buffer body, List<Buffer> bulk, Loan loan) {
    ByteBuf bytes = ((BufferInternal) body).getByteBuf();
    boolean isViewed = bytes.hasArray();
    this.array = isViewed ? bytes.array() : body.getBytes();
    this.start = isViewed ? bytes.arrayOffset() : 0;
    this.length = body.length();
    this.bulk = bulk;
    this.loan = loan;
    this.arriving = null;
  }

  Payload(Arriving arriving) {
    this(null, 0, 0, List.of(), null, arriving);
  }

  /** Bytes on their own. */
  public static Payload of(Buffer body) {
    return new Payload(body, List.of());
  }

  /** The array that the body is a part of, which has to be there. */
  public byte[] array() {
    return there().array;
  }

  /** Where the body begins in the array. */
  public int start() {
    return there().start;
  }

  /** How long the body is. */
  public int length() {
    return there().length;
  }

  /** The body, which has to be there: a view. */
  public Buffer body() {
    return there().buffer();
  }

  private Buffer buffer() {
    return BufferInternal.buffer(Unpooled.wrappedBuffer(array, start, length));
  }

  /** The bulk, which has to be there. */
  public List<Buffer> bulk() {
    return arriving == null ? bulk : arriving.bulk();
  }

  private Payload there() {
    return arriving == null ? this : new Payload(arriving.body(), arriving.bulk());
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

  /**
   * Has bulk stay until what is returned is run, once, on any thread; while the frame is delivered, on the worker's
   * context.
   */
  public Runnable hold() {
    return isLent() ? loan.hold() : NOTHING;
  }

  /** Whether bulk is there only until the frame has been delivered. */
  public boolean isLent() {
    return loan != null;
  }

  /**
   * The same, to be had for longer than it takes to deliver the frame that brought it: a copy of what is lent, and of a
   * body that would keep far more than itself.
   */
  public Payload kept() {
    boolean isWasteful = arriving == null && length < array.length / 2;
    if (!isLent() && !isWasteful) {
      return this;
    }
    byte[] body = isWasteful ? Arrays.copyOfRange(array, start, start + length) : array;
    return new Payload(body, isWasteful ? 0 : start, length,
        isLent() ? bulk.stream().map(Payload::copy).toList() : bulk, null, null);
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
    long bytes = length;
    for (int i = 0; i < bulk.size(); i++) {
      bytes += bulk.get(i).length();
    }
    return bytes;
  }

  /** Whether the bytes are the same, which have to be there. */
  @Override
  public boolean equals(Object other) {
    return other instanceof Payload payload && body().equals(payload.body()) && bulk().equals(payload.bulk());
  }

  @Override
  public int hashCode() {
    return body().hashCode();
  }

  @Override
  public String toString() {
    return "Payload[" + bytes() + " bytes]";
  }
}
