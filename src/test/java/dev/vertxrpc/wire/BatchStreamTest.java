package dev.vertxrpc.wire;

import static dev.vertxrpc.testing.TestGroup.failure;
import static dev.vertxrpc.testing.TestGroup.get;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetClient;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class BatchStreamTest {
  private static final long LIMIT_SECONDS = 20;
  private static final int BREAKS = 6;

  private final StreamPair pair = new StreamPair();
  private final Vertx vertx = pair.vertx;
  private final Peer a = pair.a;
  private final Peer b = pair.b;

  @AfterEach
  void close() {
    pair.close();
  }

  @Test
  void carriesWhatTheLoopsSayBesideTheBus() throws InterruptedException {
    pair.begin();
    pair.untilOpen();

    pair.sendFromA(1_000);
    pair.sendFromB(1_000);

    pair.assertAllCame();
    assertThat(pair.invitations).hasSize(1);
    assertThat(pair.invitations.peek().use()).isEqualTo(SocketUse.STREAM);
  }

  @Test
  void comesToAWorkerThatIsCalledFromOtherThreadsOnly() throws InterruptedException {
    pair.begin();

    for (int i = 0; i < StreamPair.MOST_ATTEMPTS && !StreamPair.isOpen(a, b); i++) {
      pair.sayToB();
      pair.assertAllCame();
    }

    assertThat(StreamPair.isOpen(a, b)).as("there is a stream").isTrue();
    assertThat(pair.invitations).hasSize(1);
  }

  @Test
  void keepsTheOrderOfWhatTakesTheBus() throws InterruptedException {
    long seed = Long.getLong("seed", System.nanoTime());
    System.out.println("BatchStreamTest: seed " + seed);
    Random random = new Random(seed);
    pair.begin();
    pair.untilOpen();

    for (int i = 0; i < 2_000; i++) {
      if (random.nextInt(4) == 0) {
        // From a thread that is no loop's.
        pair.sayToB();
      } else {
        pair.sendFromA(1 + random.nextInt(3));
      }
    }

    pair.assertAllCame();
  }

  @Test
  void losesDoublesAndReordersNothingWhereItBreaksAtRandomBytes() throws InterruptedException {
    long seed = Long.getLong("seed", System.nanoTime());
    System.out.println("BatchStreamTest: seed " + seed);
    Random random = new Random(seed);
    Cable cable = Cable.cutEachAfter(vertx, () -> random.nextInt(20_000));
    pair.begin(cable);
    long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);

    while (cable.connections.get() < BREAKS && System.nanoTime() < until) {
      pair.sendFromA(1 + random.nextInt(100));
      pair.sendFromB(1 + random.nextInt(100));
      pair.sayToB();
      pair.assertAllCame();
    }

    assertThat(cable.connections.get()).as("sockets, seed %d", seed).isGreaterThanOrEqualTo(BREAKS);
  }

  @Test
  void takesTheBusWhereTheSocketBringsNothingMore() throws InterruptedException {
    Cable cable = Cable.stuckAfter(vertx, 2_000);
    pair.begin(cable);
    long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);

    // The first is given up when it was silent for a lease, and another tried.
    while (cable.connections.get() < 2 && System.nanoTime() < until) {
      pair.sendFromA(20);
      pair.sendFromB(20);
      pair.assertAllCame();
    }

    assertThat(cable.connections.get()).isGreaterThanOrEqualTo(2);
  }

  @Test
  void doesNotLoseAWorkerWhoseLoopIsBusyForLongerThanALease() throws InterruptedException {
    pair.begin();
    pair.untilOpen();
    CountDownLatch busy = new CountDownLatch(1);
    Future<Void> over = b.run(() -> {
      try {
        busy.await(LIMIT_SECONDS, TimeUnit.SECONDS);
      } catch (InterruptedException never) {
        Thread.currentThread().interrupt();
      }
    });

    pair.sendFromA(100);
    get(vertx.timer(2 * TwoNodes.LEASE.toMillis(), TimeUnit.MILLISECONDS));

    assertThat(a.losses).isEmpty();
    assertThat(a.endpoint.find(b.self.incarnation()).isQuiet()).as("all is acknowledged").isTrue();
    busy.countDown();
    get(over);
    pair.assertAllCame();
  }

  @Test
  void doesNotKeepTheLoopWaitingWhileTheNodeWritesWhatIsLarge() throws InterruptedException {
    pair.begin();
    pair.untilOpen();
    CountDownLatch opened = pair.bus.shut(Peer.address(b.self));

    a.endpoint.send(b.self, new Frame.Result(1, List.of(), new Payload(new byte[Batch.FULL_BYTES], Batch.FULL_BYTES,
        List.of())));
    pair.bus.awaitWriter();
    for (int i = 0; i < 20; i++) {
      pair.sendFromB(1);
      pair.sendFromA(1);
      // The loop goes on, and what has come waits.
      assertThat(a.numbers.poll(5, TimeUnit.MILLISECONDS)).isNull();
    }

    opened.countDown();
    pair.assertAllCame();
  }

  @ParameterizedTest
  @EnumSource(Faults.Action.class)
  void mendsWhatGoesWrongOnTheWay(Faults.Action action) throws InterruptedException {
    pair.begin();
    pair.untilOpen();
    a.endpoint.faults(new Faults(List.of(Faults.Rule.of(FrameType.FETCH, action).count(10))));

    for (int i = 0; i < 50; i++) {
      pair.sendFromA(1 + i % 3);
    }

    pair.assertAllCame();
  }

  @Test
  void readsNothingFromWhoeverDoesNotShowTheOtherSecret() throws InterruptedException {
    pair.begin(LaneOptions.Kind.TCP, invite ->
        new Frame.Invite(invite.use(), invite.host(), invite.port(), invite.ask(), Secret.fresh()));

    for (int i = 0; i < 50 || pair.invitations.isEmpty(); i++) {
      pair.sendFromA(1);
      pair.sendFromB(1);
      pair.assertAllCame();
    }

    assertThat(StreamPair.isOpen(b, a)).isFalse();
  }

  @Test
  void goesOnWithoutAStreamWhereItIsInvitedToWhatIsNoPort() throws InterruptedException {
    List<Throwable> thrown = new CopyOnWriteArrayList<>();
    pair.begin(LaneOptions.Kind.TCP, invite -> {
      Frame.Invite bad = new Frame.Invite(invite.use(), invite.host(), 70_000, invite.ask(), invite.answer());
      try {
        b.endpoint.find(a.self.incarnation()).stream().accept(bad);
      } catch (RuntimeException outOfRange) {
        thrown.add(outOfRange);
      }
      return null;
    });

    for (int i = 0; i < StreamPair.MOST_ATTEMPTS && pair.invitations.isEmpty(); i++) {
      pair.sendFromA(1);
      pair.sendFromB(1);
      pair.assertAllCame();
    }
    pair.sendFromA(1);

    pair.assertAllCame();
    assertThat(pair.invitations).hasSize(1);
    assertThat(thrown).isEmpty();
  }

  @Test
  void cutsOffWhoeverSendsWhatIsNoBatch() throws InterruptedException {
    pair.begin(LaneOptions.Kind.TCP, invite -> null);
    Buffer otherSender = Buffer.buffer().appendInt(Batch.HEADER_BYTES).appendBuffer(Peer.header(7, 1, 0));
    Buffer noBatch = Buffer.buffer().appendInt(Integer.MAX_VALUE);
    for (Buffer bad : List.of(otherSender, noBatch)) {
      for (int i = 0; i < StreamPair.MOST_ATTEMPTS && pair.invitations.isEmpty(); i++) {
        pair.sendFromA(1);
        get(vertx.timer(10, TimeUnit.MILLISECONDS));
      }

      get(cutOff(pair.invitations.remove(), bad));
    }
    pair.assertAllCame();
  }

  /** Completes when whoever shows the secret, and then {@code bytes}, is cut off. */
  private Future<Void> cutOff(Frame.Invite invite, Buffer bytes) {
    Promise<Void> closed = Promise.promise();
    NetClient client = vertx.createNetClient();
    vertx.runOnContext(start -> client.connect(invite.port(), invite.host()).onComplete(socket -> {
      socket.closeHandler(gone -> closed.tryComplete());
      socket.exceptionHandler(reset -> { });
      socket.handler(answer -> socket.write(bytes));
      socket.write(Buffer.buffer(invite.ask().bytes()));
    }, closed::tryFail));
    return closed.future().eventually(client::close);
  }

  @Test
  void isNotThereWhereOnlyTheBusIsWanted() throws InterruptedException {
    pair.begin(LaneOptions.Kind.BUS, invite -> invite);

    for (int i = 0; i < 50; i++) {
      pair.sendFromA(1);
      pair.sendFromB(1);
      pair.assertAllCame();
    }

    assertThat(pair.invitations).isEmpty();
  }

  @Test
  void leavesNothingListeningBehind() throws InterruptedException {
    pair.begin();
    pair.untilOpen();
    Frame.Invite invite = pair.invitations.remove();

    get(a.endpoint.close());

    assertThat(StreamPair.isOpen(a, b)).isFalse();
    NetClient client = vertx.createNetClient();
    failure(client.connect(invite.port(), invite.host()));
    get(client.close());
    pair.await("the other end knows", () -> !StreamPair.isOpen(b, a));
  }
}
