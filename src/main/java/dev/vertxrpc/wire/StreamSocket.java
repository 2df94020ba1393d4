package dev.vertxrpc.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.buffer.BufferInternal;
import io.vertx.core.internal.net.NetSocketInternal;
import java.time.Duration;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One end of the socket of a {@link BatchStream}: batches go in and come out, each behind its length (4 bytes).
 * Confined to the event loop of the worker, whose own the socket is, except where a method says otherwise.
 */
final class StreamSocket {
  /** So much may wait for the system to take it before it is full. */
  private static final int QUEUE_BYTES = 256 * 1024;
  private static final Logger LOG = LoggerFactory.getLogger(StreamSocket.class);

  /** What becomes of a socket. */
  interface Events {
    /** A batch has come. */
    void came(Batch batch);

    /** It is not full any more. */
    void drained();

    /** It is closed, whoever did it. */
    void closed();
  }

  private final NetSocketInternal socket;
  private final Channel channel;
  private final Clock clock;
  /** When something was found not to have been brought in time, since something came last; 0: nothing was. */
  private volatile long lateAt;

  private StreamSocket(NetSocketInternal socket, Clock clock) {
    this.socket = socket;
    this.channel = socket.channelHandlerContext().channel();
    this.clock = clock;
    socket.setWriteQueueMaxSize(QUEUE_BYTES);
  }

  /** The end that was connected to, by whoever has shown the secret. */
  static StreamSocket of(NetSocketInternal guest, Clock clock, Events events) {
    StreamSocket stream = new StreamSocket(guest, clock);
    stream.begin(StreamReader.greeted(events::came), events);
    return stream;
  }

  /** The end that has connected: shows one secret, and is greeted with the other before anything comes or goes. */
  static StreamSocket connected(NetSocketInternal socket, Clock clock, Frame.Invite invite, Runnable greeted,
                                Events events) {
    StreamSocket stream = new StreamSocket(socket, clock);
    stream.begin(StreamReader.greeting(invite.answer(), greeted, events::came), events);
    socket.write(Buffer.buffer(invite.ask().bytes()));
    return stream;
  }

  private void begin(StreamReader reader, Events events) {
    socket.messageHandler(message -> read(reader, (ByteBuf) message));
    socket.drainHandler(drained -> events.drained());
    socket.exceptionHandler(failure -> close());
    socket.closeHandler(gone -> events.closed());
  }

  private void read(StreamReader reader, ByteBuf bytes) {
    try {
      lateAt = 0;
      reader.read(bytes);
    } catch (MalformedFrameException damaged) {
      LOG.warn("event=stream-damaged address={} cause={}", socket.remoteAddress(), damaged.getMessage());
      close();
    } catch (RuntimeException | Error defect) {
      // What came behind it is not read, so nobody knows where the next batch begins.
      close();
      throw defect;
    } finally {
      bytes.release();
    }
  }

  void write(Batch batch) {
    int length = batch.length();
    // Not of a pool: Vert.x does not release what waits for a socket that ends.
    ByteBuf bytes = Unpooled.buffer(Integer.BYTES + length).writeInt(length);
    batch.writeTo(BufferInternal.buffer(bytes));
    socket.writeMessage(bytes);
    // Vert.x would wait for the end of what is being read, which may bring many calls more.
    channel.flush();
  }

  boolean isFull() {
    return socket.writeQueueFull();
  }

  /** What was written was not acknowledged in time. Any thread. */
  void late() {
    if (lateAt == 0) {
      lateAt = clock.nanoTime() | 1;
    }
  }

  /** For how long nothing has come although something was late. Any thread. */
  Duration silence() {
    long since = lateAt;
    return since == 0 ? Duration.ZERO : Duration.ofNanos(clock.nanoTime() - since);
  }

  /** At once: what waits to be written would wait for a peer that reads nothing. Any thread. */
  void close() {
    // That of Vert.x waits until all is written.
    socket.channelHandlerContext().close();
  }
}
