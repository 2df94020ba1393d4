package dev.vertxrpc.wire;

import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * One message on the event bus: the sender's incarnation, the number of the first of its frames, how many there are,
 * up to which number the sender has received, and the frames that it had for one peer when it was written. Immutable
 * once written.
 */
final class Batch {
  /** Frames are added to a batch until it is at least this long. */
  static final int FULL_BYTES = 64 * 1024;
  /** The number of frames that are not numbered, because they say what numbers are worth: those of the link itself. */
  static final long UNNUMBERED = 0;
  private static final int FIRST_AT = Long.BYTES;
  private static final int COUNT_AT = FIRST_AT + Long.BYTES;
  private static final int RECEIVED_AT = COUNT_AT + Integer.BYTES;
  static final int HEADER_BYTES = RECEIVED_AT + Long.BYTES;
  private static final int INITIAL_BYTES = 256;
  /** The length and the type of the smallest frame. */
  private static final int LEAST_FRAME_BYTES = Integer.BYTES + 1;

  private final Buffer bytes;
  /** Bulk that lies beside the bytes: of a batch that goes to a worker of the same Vert.x instance. */
  private final List<Buffer> shared = new ArrayList<>(0);
  /** Null until a frame is added. */
  private FrameWriter writer;

  Batch(Buffer bytes) {
    this.bytes = bytes;
  }

  /** An empty one; {@code received} is the last number that {@code sender} has received. */
  static Batch from(long sender, long first, long received) {
    return new Batch(Buffer.buffer(INITIAL_BYTES)
        .appendLong(sender).appendLong(first).appendInt(0).appendLong(received));
  }

  /** One frame of the link itself. */
  static Batch of(long sender, Frame frame) {
    Batch batch = from(sender, UNNUMBERED, 0);
    batch.add(frame);
    return batch;
  }

  void add(Frame frame) {
    add(frame, BulkSink.NONE);
  }

  /** Its large bulk goes to {@code lane}, if that takes it; the same for all frames of a batch. */
  void add(Frame frame, BulkSink lane) {
    if (writer == null) {
      writer = new FrameWriter(bytes, lane);
    }
    FrameCodec.encode(frame, bytes, writer);
    bytes.setInt(COUNT_AT, count() + 1);
  }

  /** Has large bulk stay where it is: all who get it in this Vert.x instance read the same bytes. */
  void addSharing(Frame frame) {
    add(frame, bulk -> {
      if (bulk.length() < Lane.LEAST_BYTES) {
        return null;
      }
      shared.add(bulk);
      return new Arena.Place(shared.size() - 1, bulk.length());
    });
  }

  boolean isFull() {
    return bytes.length() >= FULL_BYTES;
  }

  Buffer bytes() {
    return bytes;
  }

  private boolean hasHeader() {
    return bytes.length() >= HEADER_BYTES;
  }

  /** The incarnation that sent it, or 0, which is nobody's, where even that cannot be read. */
  long sender() {
    return hasHeader() ? bytes.getLong(0) : 0;
  }

  long first() {
    return hasHeader() ? bytes.getLong(FIRST_AT) : UNNUMBERED;
  }

  int count() {
    return hasHeader() ? bytes.getInt(COUNT_AT) : 0;
  }

  /** Whether as many frames can be in it as it says. */
  boolean isPlausible() {
    return hasHeader() && first() >= 0 && count() >= 0
        && count() <= (bytes.length() - HEADER_BYTES) / LEAST_FRAME_BYTES;
  }

  /** The number of its last frame. */
  long last() {
    return first() + count() - 1;
  }

  /** Up to which number its sender has received. */
  long received() {
    return hasHeader() ? bytes.getLong(RECEIVED_AT) : 0;
  }

  /**
   * Hands out the frames in their order. A frame that cannot be read is skipped and reported with the
   * forks in it; where not even its length can be read, the rest of the batch is skipped.
   */
  void forEach(Consumer<Frame> frames, Damage damage) {
    forEach(0, BulkSource.NONE, frames, damage);
  }

  /** The same for all but the first {@code known} ones, whose bulk may have been overwritten. */
  void forEach(int known, BulkSource lane, Consumer<Frame> frames, Damage damage) {
    FrameReader in = new FrameReader(bytes, Math.min(HEADER_BYTES, bytes.length()), bytes.length(),
        shared.isEmpty() ? lane : (at, length) -> shared.get(at).slice());
    for (int at = 0; in.hasMore(); at++) {
      FrameReader body;
      try {
        body = in.part(in.readLength(1));
      } catch (MalformedFrameException malformed) {
        damage.found(malformed.getMessage(), List.of());
        return;
      }
      Frame frame = at < known ? null : decode(body, damage);
      if (frame != null) {
        frames.accept(frame);
      }
    }
  }

  // Any exception will do: a damaged name or number is refused by the record that is built of it.
  private static Frame decode(FrameReader body, Damage damage) {
    FrameReader again = body.copy();
    try {
      return FrameCodec.decode(body);
    } catch (RuntimeException malformed) {
      damage.found(String.valueOf(malformed.getMessage()), forks(again));
      return null;
    }
  }

  private static List<Fork> forks(FrameReader body) {
    try {
      return FrameCodec.decodeForks(body);
    } catch (RuntimeException malformed) {
      return List.of();
    }
  }

  /** Told of what could not be read. */
  interface Damage {
    void found(String reason, List<Fork> forks);
  }
}
