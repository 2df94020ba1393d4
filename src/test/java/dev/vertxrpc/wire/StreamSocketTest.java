package dev.vertxrpc.wire;

import static dev.vertxrpc.testing.TestGroup.get;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.net.NetSocketInternal;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StreamSocketTest {
  /** Of 64 KiB each: more than any system takes for a peer that does not read. */
  private static final int BATCHES = 500;

  private final Vertx vertx = Vertx.vertx();
  private final Clock clock = new WheelClock();
  private final Promise<Void> closed = Promise.promise();
  // Kept: what nobody refers to closes its sockets.
  private final NetClient client = vertx.createNetClient();
  private final NetServer frozen =
      get(vertx.createNetServer().connectHandler(NetSocket::pause).listen(0, LaneOptions.LOOPBACK));

  @AfterEach
  void close() {
    clock.stop();
    get(vertx.close());
  }

  private StreamSocket stream(NetSocket socket) {
    return StreamSocket.of((NetSocketInternal) socket, clock, new StreamSocket.Events() {
      @Override
      public void came(Batch batch) {
        throw new IllegalStateException("thrown by the test");
      }

      @Override
      public void drained() {}

      @Override
      public void closed() {
        closed.complete();
      }
    });
  }

  @Test
  void closesAlthoughThePeerReadsNothing() {
    Batch batch = new Batch(Peer.header(1, 1, 1).appendBuffer(Buffer.buffer(new byte[Batch.FULL_BYTES])));
    Promise<Boolean> full = Promise.promise();

    vertx.runOnContext(now -> client.connect(frozen.actualPort(), LaneOptions.LOOPBACK).onSuccess(socket -> {
      StreamSocket stream = stream(socket);
      for (int i = 0; i < BATCHES; i++) {
        stream.write(batch);
      }
      full.complete(stream.isFull());
      stream.close();
    }));

    assertThat(get(full.future())).isTrue();
    get(closed.future());
  }

  @Test
  void closesWhereSomethingWasThrownInTheMiddleOfWhatCame() {
    Buffer batch = Buffer.buffer().appendInt(Batch.HEADER_BYTES).appendBuffer(Peer.header(1, 1, 0));
    NetServer peer = get(vertx.createNetServer().connectHandler(socket -> socket.write(batch))
        .listen(0, LaneOptions.LOOPBACK));

    vertx.runOnContext(now -> client.connect(peer.actualPort(), LaneOptions.LOOPBACK).onSuccess(this::stream));

    get(closed.future());
    get(peer.close());
  }
}
