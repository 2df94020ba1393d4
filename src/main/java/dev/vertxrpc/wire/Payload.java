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
public sealed class Payload {
  private static final Runnable NOTHING = () -> { };

  private final byte[] array;
  private final int start;
  private final int length;
  private final List<Buffer> bulk;

  private Payload(byte[] array, int start, int length, List<Buffer> bulk) {
    this.array = array;
    this.start = start;
    this.length = length;
    this.bulk = bulk;
  }

  /** Bytes that are there to stay. The body are the first {@code length} ones of {@code array}. */
  public Payload(byte[] array, int length, List<Buffer> bulk) {
    this(array, 0, length, bulk);
  }

  /** The same with a body that is a part of {@code array}, which it keeps. */
  Payload(byte[] array, int start, int length) {
    this(array, start, length, List.of());
  }

  public Payload(Buffer body, List<Buffer> bulk) {
    ByteBuf bytes = ((BufferInternal) body).getByteBuf();
    boolean isViewed = bytes.hasArray();
    this.array = isViewed ? bytes.array() : body.getBytes();
    this.start = isViewed ? bytes.arrayOffset() : 0;
    this.length = body.length();
    this.bulk = bulk;
  }

  /** One whose bulk lies where the peer will write again once the frame has been delivered. */
  static Payload lent(Buffer body, List<Buffer> bulk, Loan loan) {
    return new Lent(body, bulk, loan);
  }

  /** One of which not all may be there. */
  static Payload awaited(Arriving arriving) {
    return new Awaited(arriving);
  }

  /** Bytes on their own. */
  public static Payload of(Buffer body) {
    return new Payload(body, List.of());
  }

  /** The array that the body is a part of; as with all that asks for the body, it has to be there. */
  public byte[] array() {
    return array;
  }

  /** Where the body begins in the array. */
  public int start() {
    return start;
  }

  /** How long the body is. */
  public int length() {
    return length;
  }

  /** The body: a view. */
  public Buffer body() {
    return BufferInternal.buffer(Unpooled.wrappedBuffer(array, start, length));
  }

  /** The bulk, which has to be there. */
  public List<Buffer> bulk() {
    return bulk;
  }

  /** Whether some of it is still to come. */
  boolean isPending() {
    return false;
  }

  /** Whether all of it is there. */
  public boolean isThere() {
    return true;
  }

  /**
   * Has {@code then} hear, once, when all of it is there: null, or why it never will be. On any thread, this one
   * included.
   */
  public void whenThere(Consumer<String> then) {
    then.accept(null);
  }

  /** Whether bulk is there only until the frame has been delivered. */
  public boolean isLent() {
    return false;
  }

  /**
   * Has bulk stay until what is returned is run, once, on any thread; while the frame is delivered, on the worker's
   * context.
   */
  public Runnable hold() {
    return NOTHING;
  }

  /**
   * The same, to be had for longer than it takes to deliver the frame that brought it: a copy of what is lent, and of a
   * body that would keep far more than itself.
   */
  public Payload kept() {
    return length < array.length / 2
        ? new Payload(Arrays.copyOfRange(array, start, start + length), length, bulk) : this;
  }

  /** On the heap, wherever it was. */
  static Buffer copy(Buffer bulk) {
    return BufferInternal.buffer(Unpooled.wrappedBuffer(bulk.getBytes()));
  }

  /** All of its bytes, those that are not there included. */
  public long bytes() {
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

  /** See {@link #lent}. */
  private static final class Lent extends Payload {
    private final Loan loan;

    Lent(Buffer body, List<Buffer> bulk, Loan loan) {
      super(body, bulk);
      this.loan = loan;
    }

    @Override
    public boolean isLent() {
      return true;
    }

    @Override
    public Runnable hold() {
      return loan.hold();
    }

    @Override
    public Payload kept() {
      return new Payload(body(), bulk().stream().map(Payload::copy).toList()).kept();
    }
  }

  /** See {@link #awaited}. */
  private static final class Awaited extends Payload {
    private final Arriving arriving;

    Awaited(Arriving arriving) {
      super(new byte[0], 0, List.of());
      this.arriving = arriving;
    }

    private Payload there() {
      return new Payload(arriving.body(), arriving.bulk());
    }

    @Override
    public byte[] array() {
      return there().array();
    }

    @Override
    public int start() {
      return there().start();
    }

    @Override
    public int length() {
      return there().length();
    }

    @Override
    public Buffer body() {
      return arriving.body();
    }

    @Override
    public List<Buffer> bulk() {
      return arriving.bulk();
    }

    @Override
    boolean isPending() {
      return arriving.isPending();
    }

    @Override
    public boolean isThere() {
      return arriving.isThere();
    }

    @Override
    public void whenThere(Consumer<String> then) {
      arriving.whenThere(then);
    }

    @Override
    public Payload kept() {
      return this;
    }

    @Override
    public long bytes() {
      return arriving.bytes();
    }
  }
}
