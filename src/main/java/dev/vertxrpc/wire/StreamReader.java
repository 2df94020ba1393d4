package dev.vertxrpc.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.vertx.core.internal.buffer.BufferInternal;
import java.nio.ByteBuffer;
import java.util.function.Consumer;

/**
 * Takes the batches out of what comes in a stream, in pieces of any size: each has its length (4 bytes) before it. The
 * end that has connected is shown a secret first. Confined to the worker's context.
 *
 * <pre>
 *   GREETING --the secret--> LENGTH --> BATCH --all of it--> LENGTH
 * </pre>
 */
final class StreamReader {
  /** No batch that goes in a stream is longer: large frames go another way. */
  static final int MOST_BYTES = 4 * Batch.FULL_BYTES;

  private enum State { GREETING, LENGTH, BATCH }

  private final Secret expected;
  private final Runnable greeted;
  private final Consumer<Batch> batches;
  private final byte[] head = new byte[Integer.BYTES];
  private State state;
  /** What is filled now. */
  private byte[] wanted;
  private int read;

  private StreamReader(State state, Secret expected, Runnable greeted, Consumer<Batch> batches) {
    this.expected = expected;
    this.greeted = greeted;
    this.batches = batches;
    if (state == State.GREETING) {
      begin(state, new byte[Secret.BYTES]);
    } else {
      begin(state, head);
    }
  }

  /** For the end that was connected to. */
  static StreamReader greeted(Consumer<Batch> batches) {
    return new StreamReader(State.LENGTH, null, () -> { }, batches);
  }

  /** For the end that has connected, which has to be shown {@code expected}. */
  static StreamReader greeting(Secret expected, Runnable greeted, Consumer<Batch> batches) {
    return new StreamReader(State.GREETING, expected, greeted, batches);
  }

  /**
   * Reads all of {@code bytes}.
   *
   * @throws MalformedFrameException for what is no stream of batches; nothing more can be read then
   */
  void read(ByteBuf bytes) {
    while (bytes.isReadable()) {
      int now = Math.min(wanted.length - read, bytes.readableBytes());
      bytes.readBytes(wanted, read, now);
      read += now;
      if (read == wanted.length) {
        end();
      }
    }
  }

  private void end() {
    switch (state) {
      case GREETING -> {
        if (!expected.matches(wanted)) {
          throw new MalformedFrameException("whoever listens there did not show that it has invited");
        }
        begin(State.LENGTH, head);
        greeted.run();
      }
      case LENGTH -> {
        int length = ByteBuffer.wrap(wanted).getInt();
        if (length < Batch.HEADER_BYTES || length > MOST_BYTES) {
          throw new MalformedFrameException("a batch of " + length + " bytes, expected " + Batch.HEADER_BYTES + " to "
              + MOST_BYTES);
        }
        begin(State.BATCH, new byte[length]);
      }
      case BATCH -> {
        Batch batch = new Batch(BufferInternal.buffer(Unpooled.wrappedBuffer(wanted)));
        begin(State.LENGTH, head);
        batches.accept(batch);
      }
    }
  }

  private void begin(State next, byte[] room) {
    state = next;
    wanted = room;
    read = 0;
  }
}
