package dev.vertxrpc.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.util.Timeout;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.buffer.BufferInternal;
import io.vertx.core.net.NetSocket;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * The end of a socket where bulk goes in: for each its number (8 bytes), its length (4) and its bytes. The peer
 * confirms each by its number (8). No more is handed to the socket than it can take, so that what waits lies here, in
 * one piece. A socket in which nothing moves for a while, though something should, is closed. Confined to the node's
 * context.
 */
final class LaneWriter {
  private static final int HEAD_BYTES = Long.BYTES + Integer.BYTES;
  /** Copied at a time to where the system takes it from: what has just been written is still in the cache. */
  private static final int SLICE_BYTES = 256 * 1024;
  private static final int QUEUE_BYTES = 4 * SLICE_BYTES;

  private final Node node;
  private final NetSocket socket;
  private final Goings goings;
  private final Duration stallLimit;
  private final Deque<Goings.Going> waiting = new ArrayDeque<>();
  /** How much of the first has been handed to the socket. */
  private int begun;
  private Buffer confirmations = Buffer.buffer();
  private long moves;
  private Timeout watch;
  private boolean closed;

  /** {@code broken} is run once, when the socket is closed, whoever did it. */
  LaneWriter(Node node, NetSocket socket, Goings goings, Duration stallLimit, Runnable broken) {
    this.node = node;
    this.socket = socket;
    this.goings = goings;
    this.stallLimit = stallLimit;
    socket.setWriteQueueMaxSize(QUEUE_BYTES);
    socket.drainHandler(drained -> writeOn());
    socket.handler(this::confirm);
    socket.exceptionHandler(failure -> socket.close());
    socket.closeHandler(gone -> {
      stopWatching();
      broken.run();
    });
    watch(moves);
  }

  void write(Goings.Going going) {
    waiting.add(going);
    writeOn();
  }

  private void writeOn() {
    moves++;
    while (!waiting.isEmpty() && !closed && !socket.writeQueueFull()) {
      Goings.Going going = waiting.peek();
      int length = going.bulk().length();
      int end = Math.min(length, begun + SLICE_BYTES);
      // A view of its own, since the socket releases what it has written.
      ByteBuf slice =
          Unpooled.wrappedBuffer(((BufferInternal) going.bulk()).getByteBuf().nioBuffer(begun, end - begun));
      // With its head in front of it: to write that alone would wake the peer for nothing.
      socket.write(BufferInternal.buffer(begun > 0 ? slice : Unpooled.wrappedBuffer(head(going), slice)));
      begun = end;
      if (begun == length) {
        waiting.poll();
        begun = 0;
      }
    }
  }

  private static ByteBuf head(Goings.Going going) {
    return Unpooled.buffer(HEAD_BYTES).writeLong(going.number()).writeInt(going.bulk().length());
  }

  private void confirm(Buffer received) {
    moves++;
    Buffer all = confirmations.appendBuffer(received);
    int at = 0;
    for (; all.length() - at >= Long.BYTES; at += Long.BYTES) {
      goings.confirmed(all.getLong(at));
    }
    confirmations = all.getBuffer(at, all.length());
  }

  private void watch(long before) {
    watch = node.clock().schedule(stallLimit, () -> node.context().runOnContext(now -> {
      if (closed) {
        return;
      }
      if (moves == before && goings.isInSocket()) {
        socket.close();
      } else {
        watch(moves);
      }
    }));
  }

  private void stopWatching() {
    closed = true;
    waiting.clear();
    watch.cancel();
  }

  void close() {
    stopWatching();
    socket.close();
  }
}
