package dev.vertxrpc.wire;

import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.function.Consumer;

/**
 * One message on the event bus: the sender's incarnation and the frames that it had for one peer when
 * it was written. Immutable once written.
 */
final class Batch {
  /** Frames are added to a batch until it is at least this long. */
  static final int FULL_BYTES = 64 * 1024;
  private static final int HEADER_BYTES = Long.BYTES;
  private static final int INITIAL_BYTES = 256;

  private final Buffer bytes;

  Batch(Buffer bytes) {
    this.bytes = bytes;
  }

  static Batch from(long sender) {
    return new Batch(Buffer.buffer(INITIAL_BYTES).appendLong(sender));
  }

  void add(Frame frame) {
    FrameCodec.encode(frame, bytes);
  }

  boolean isFull() {
    return bytes.length() >= FULL_BYTES;
  }

  Buffer bytes() {
    return bytes;
  }

  /** The incarnation that sent it, or 0, which is nobody's, where even that cannot be read. */
  long sender() {
    return bytes.length() < HEADER_BYTES ? 0 : bytes.getLong(0);
  }

  /**
   * Hands out the frames in their order. A frame that cannot be read is skipped and reported with the
   * forks in it; where not even its length can be read, the rest of the batch is skipped.
   */
  void forEach(Consumer<Frame> frames, Damage damage) {
    FrameReader in = new FrameReader(bytes, Math.min(HEADER_BYTES, bytes.length()), bytes.length());
    while (in.hasMore()) {
      FrameReader body;
      try {
        body = in.part(in.readLength(1));
      } catch (MalformedFrameException malformed) {
        damage.found(malformed.getMessage(), List.of());
        return;
      }
      Frame frame = decode(body, damage);
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
