package dev.vertxrpc.wire;

import static dev.vertxrpc.testing.TestGroup.get;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxrpc.RpcFailure;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetClient;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Streams that end, or that another takes the place of. */
class BatchStreamEndTest {
  private static final long LIMIT_SECONDS = 20;
  private static final int FRAMES = 100;

  private final StreamPair pair = new StreamPair();
  private final Peer a = pair.a;
  private final Peer b = pair.b;
  private final Cable cable = Cable.whole(pair.vertx);

  @AfterEach
  void close() {
    pair.close();
  }

  /** What b writes to the socket that it has, before it connects the next. */
  private Frame.Invite saying(Frame.Invite invite) {
    if (StreamPair.isOpen(b, a)) {
      for (int i = 0; i < FRAMES; i++) {
        pair.sayToA();
      }
    }
    return cable.through(invite);
  }

  @Test
  void losesNothingWhereASocketIsReplacedThatIsStillThere() throws InterruptedException {
    pair.begin(LaneOptions.Kind.TCP, this::saying);
    pair.untilOpen();

    // The end of a knows, that of b does not: a invites once more.
    cable.cutFarEnds();
    long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
    while (pair.invitations.size() < 2 && System.nanoTime() < until) {
      pair.sendFromA(1);
      pair.assertAllCameToB();
    }
    pair.await("there is another", () -> StreamPair.isOpen(a, b));

    pair.await("the first is closed", () -> cable.open.get() == 1);
    get(b.run(() -> { }));
    pair.sendFromA(FRAMES);
    pair.sendFromB(FRAMES);
    pair.assertAllCame();
    assertThat(pair.isOpen()).as("the second is not").isTrue();
    assertThat(cable.connections).hasValue(2);
  }

  @Test
  void leavesNothingToBeAcknowledgedWhereASocketBreaks() throws InterruptedException {
    pair.begin(cable);
    pair.untilOpen();

    pair.sendFromA(FRAMES);
    cable.cutFarEnds();
    pair.sendFromA(FRAMES);

    pair.assertAllCameToB();
    pair.await("all is acknowledged", () -> isQuiet(a, b));
  }

  private static boolean isQuiet(Peer from, Peer to) {
    return from.endpoint.find(to.self.incarnation()).isQuiet();
  }

  @Test
  void closesTheSocketToAPeerThatIsGone() throws InterruptedException {
    pair.begin(cable);
    pair.untilOpen();
    // Or b would say something again, hear that it is taken for lost, and close the socket itself.
    pair.await("nothing is on its way", () -> isQuiet(a, b) && isQuiet(b, a));

    a.endpoint.gone(b.self, RpcFailure.WORKER_LOST, "a test");

    pair.await("nobody has a socket", () -> cable.open.get() == 0 && !StreamPair.isOpen(a, b)
        && !StreamPair.isOpen(b, a));
  }

  @Test
  void takesItsInvitationBackFromAPeerThatIsGone() {
    pair.begin(LaneOptions.Kind.TCP, invite -> null);
    for (int i = 0; i < StreamPair.MOST_ATTEMPTS && pair.invitations.isEmpty(); i++) {
      pair.sendFromA(1);
    }
    pair.await("there is an invitation", () -> !pair.invitations.isEmpty());

    a.endpoint.gone(b.self, RpcFailure.WORKER_LOST, "a test");
    get(a.run(() -> { }));

    assertThat(get(answer(pair.invitations.remove()))).isEqualTo(Buffer.buffer());
  }

  /** What whoever shows the secret gets before it is cut off. */
  private Future<Buffer> answer(Frame.Invite invite) {
    Promise<Buffer> closed = Promise.promise();
    Buffer got = Buffer.buffer();
    NetClient client = pair.vertx.createNetClient();
    pair.vertx.runOnContext(start -> client.connect(invite.port(), invite.host()).onComplete(socket -> {
      socket.closeHandler(gone -> closed.tryComplete(got));
      socket.exceptionHandler(reset -> { });
      socket.handler(got::appendBuffer);
      socket.write(Buffer.buffer(invite.ask().bytes()));
    }, closed::tryFail));
    return closed.future().eventually(client::close);
  }
}
