package dev.vertxrpc.wire;

import io.netty.buffer.ByteBuf;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.net.NetSocketInternal;

/**
 * The end of a socket where bulk comes out, see {@link LaneWriter}. It shows one secret, must be shown the other, and
 * then has each piece of bulk put where it is wanted, straight out of what the system has read. While there is no room
 * for the next, nothing is read. Confined to the node's context.
 *
 * <pre>
 *   GREETING --the secret--> HEAD --> BODY, or SKIPPED --all of it--> HEAD
 * </pre>
 */
final class LaneReader {
  private static final int HEAD_BYTES = Long.BYTES + Integer.BYTES;

  private static final int READ_BYTES = 256 * 1024;

  private enum State { GREETING, HEAD, BODY, SKIPPED }

  private final Node node;
  private final NetSocketInternal socket;
  private final Comings comings;
  private final Secret expected;
  private final Promise<Void> opened = Promise.promise();
  private State state = State.GREETING;
  private final byte[] head = new byte[Secret.BYTES];
  private int headLength;
  private long number;
  private int length;
  private int read;
  private Coming coming;
  /** What was read and has to wait for room; null: nothing does. */
  private ByteBuf held;
  private boolean closed;

  LaneReader(Node node, NetSocketInternal socket, Frame.Invite invite, Comings comings) {
    this.node = node;
    this.socket = socket;
    this.comings = comings;
    this.expected = invite.answer();
    // The most that is read at a time: enough to make calls of the system rare, and little enough for the cache.
    socket.channelHandlerContext().channel().config()
        .setRecvByteBufAllocator(new FixedRecvByteBufAllocator(READ_BYTES));
    socket.messageHandler(message -> take((ByteBuf) message));
    socket.exceptionHandler(failure -> socket.close());
    socket.closeHandler(gone -> end());
    socket.write(Buffer.buffer(invite.ask().bytes()));
  }

  /** Completes when whoever listens has shown that it is the one who invited; fails when it does not. */
  Future<Void> opened() {
    return opened.future();
  }

  private void take(ByteBuf bytes) {
    if (closed) {
      bytes.release();
    } else if (held != null) {
      // What had been read before it was told to pause.
      held = held.alloc().compositeBuffer().addComponents(true, held, bytes);
    } else {
      read(bytes);
    }
  }

  private void read(ByteBuf bytes) {
    try {
      // What has no bytes at all, or none so far, is to be let in too.
      while ((bytes.isReadable() || state == State.HEAD && coming != null) && !closed) {
        if (!step(bytes)) {
          hold(bytes.retain());
          return;
        }
      }
    } catch (MalformedFrameException damaged) {
      socket.close();
    } finally {
      bytes.release();
    }
  }

  private void hold(ByteBuf bytes) {
    held = bytes;
    socket.pause();
    comings.budget().whenGiven(() -> node.context().runOnContext(now -> goOn()));
  }

  private void goOn() {
    ByteBuf bytes = held;
    if (bytes != null) {
      held = null;
      read(bytes);
      if (held == null) {
        socket.resume();
      }
    }
  }

  /** Whether there was room for what comes. */
  private boolean step(ByteBuf bytes) {
    switch (state) {
      case GREETING -> {
        if (fill(bytes, Secret.BYTES)) {
          greet();
        }
      }
      case HEAD -> {
        if (coming == null && fill(bytes, HEAD_BYTES)) {
          begin();
        }
        return coming == null || admit();
      }
      case BODY, SKIPPED -> body(bytes);
    }
    return true;
  }

  private boolean fill(ByteBuf bytes, int wanted) {
    int now = Math.min(wanted - headLength, bytes.readableBytes());
    bytes.readBytes(head, headLength, now);
    headLength += now;
    if (headLength < wanted) {
      return false;
    }
    headLength = 0;
    return true;
  }

  private void greet() {
    if (expected.matches(head)) {
      state = State.HEAD;
      opened.tryComplete();
    } else {
      socket.close();
    }
  }

  private void begin() {
    Buffer numbers = Buffer.buffer(head);
    number = numbers.getLong(0);
    length = numbers.getInt(Long.BYTES);
    read = 0;
    coming = comings.begin(number, length);
    if (length < 0) {
      throw new MalformedFrameException("bulk of " + length + " bytes");
    }
    if (coming == null) {
      state = State.SKIPPED;
      endWhereWhole();
    }
  }

  private boolean admit() {
    if (!comings.admit(coming)) {
      return false;
    }
    state = coming.room() == null ? State.SKIPPED : State.BODY;
    endWhereWhole();
    return true;
  }

  private void body(ByteBuf bytes) {
    int now = Math.min(length - read, bytes.readableBytes());
    byte[] room = state == State.BODY ? coming.room() : null;
    if (room == null) {
      bytes.skipBytes(now);
    } else {
      bytes.readBytes(room, read, now);
    }
    read += now;
    endWhereWhole();
  }

  private void endWhereWhole() {
    if (read < length) {
      return;
    }
    if (coming != null) {
      comings.end(coming);
    }
    coming = null;
    state = State.HEAD;
    socket.write(Buffer.buffer(Long.BYTES).appendLong(number));
  }

  private void end() {
    closed = true;
    if (held != null) {
      held.release();
      held = null;
    }
    opened.tryFail("whoever listens there did not show that it has invited");
  }

  void close() {
    socket.close();
  }
}
