package dev.vertxrpc.wire;

import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * One message, on the event bus or in a stream: the sender's incarnation, the number of the first of its frames, how
 * many there are, up to which number the sender has received, and the frames that it had for one peer when it was
 * written. Immutable once written.
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

  private final Bytes bytes;
  private final FunctionNames names;
  /** Bulk that lies beside the bytes: of a batch that goes to a worker of the same Vert.x instance. */
  private final List<Buffer> shared = new ArrayList<>(0);
  /** Null until a frame is added. */
  private FrameWriter writer;

  /** One that has come. */
  Batch(Buffer bytes) {
    this.bytes = new Bytes(bytes);
    this.names = FunctionNames.NONE;
  }

  private Batch(long sender, long first, long received, FunctionNames names, byte[] room) {
    this.names = names;
    bytes = new Bytes(room);
    bytes.append(sender);
    bytes.append(first);
    bytes.append(0);
    bytes.append(received);
  }

  /** An empty one; {@code received} is the last number that {@code sender} has received. */
  static Batch from(long sender, long first, long received) {
    return new Batch(sender, first, received, FunctionNames.NONE, new byte[INITIAL_BYTES]);
  }

  /** The same, for frames that name functions by {@code names}; {@code room} is its own until it {@link #settle}s. */
  static Batch from(long sender, long first, long received, FunctionNames names, byte[] room) {
    return new Batch(sender, first, received, names, room);
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
      writer = new FrameWriter(bytes, names, lane);
    }
    FrameCodec.encode(frame, writer);
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

  /** Nothing more is added: gives back the room that it had, for the next one. */
  byte[] settle() {
    return bytes.settle();
  }

  boolean isFull() {
    return length() >= FULL_BYTES;
  }

  int length() {
    return bytes.length();
  }

  /** Appends it to {@code wire}. */
  void writeTo(Buffer wire) {
    bytes.copyTo(wire);
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
   * Hands out the frames in their order, where they name no function by its number. A frame that cannot be read is
   * skipped and reported with the forks in it; where not even its length can be read, the rest of the batch is skipped.
   */
  void forEach(Consumer<Frame> frames, Damage damage) {
    forEach(0, Heard.NOTHING, BulkSource.NONE, frames, damage);
  }

  /**
   * The same for all but the first {@code known} ones, whose names have been {@code heard} already, and whose bulk may
   * have been overwritten.
   */
  void forEach(int known, Heard heard, BulkSource lane, Consumer<Frame> frames, Damage damage) {
    FrameReader in = new FrameReader(bytes, Math.min(HEADER_BYTES, bytes.length()), heard,
        shared.isEmpty() ? lane : (at, length) -> shared.get(at).slice());
    for (int at = 0; in.hasMore(); at++) {
      try {
        in.beginFrame();
      } catch (MalformedFrameException malformed) {
        damage.found(malformed.getMessage(), List.of());
        return;
      }
      Frame frame = at < known ? null : decode(in, damage);
      in.endFrame();
      if (frame != null) {
        frames.accept(frame);
      }
    }
  }

  // Any exception will do: a damaged name or number is refused by the record that is built of it.
  private static Frame decode(FrameReader in, Damage damage) {
    try {
      return FrameCodec.decode(in);
    } catch (RuntimeException | OutOfMemoryError malformed) {
      in.beginAgain();
      damage.found(String.valueOf(malformed.getMessage()), forks(in));
      return null;
    }
  }

  private static List<Fork> forks(FrameReader in) {
    try {
      return FrameCodec.decodeForks(in);
    } catch (RuntimeException malformed) {
      return List.of();
    }
  }

  /** Told of what could not be read. */
  interface Damage {
    void found(String reason, List<Fork> forks);
  }
}
