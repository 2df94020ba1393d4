package dev.vertxrpc.wire;

import static dev.vertxrpc.testing.TestGroup.failure;
import static dev.vertxrpc.testing.TestGroup.get;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxrpc.WorkerInfo;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.net.NetClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class BatchStreamTest {
  private static final Duration LEASE = Duration.ofSeconds(2);
  private static final int MOST_ATTEMPTS = 1_000;
  private static final long LIMIT_SECONDS = 20;
  private static final int BREAKS = 6;

  // The loops of both workers and of both nodes.
  private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(4));
  private final Clock clock = new WheelClock();
  private final GatedBus bus = new GatedBus(new ClusterBus(vertx.eventBus()));
  private final LinkedBlockingQueue<Frame.Invite> invitations = new LinkedBlockingQueue<>();
  private final Peer a = new Peer(vertx, node(), "a", 1, LEASE);
  private final Peer b = new Peer(vertx, node(), "b", 2, LEASE);
  private long sentByA;
  private long sentByB;

  private Node node() {
    return new Node((VertxInternal) vertx, clock, bus, new ArenaFiles(Path.of("/none")));
  }

  @AfterEach
  void close() {
    get(a.endpoint.close());
    get(b.endpoint.close());
    clock.stop();
    get(vertx.close());
  }

  /** Both can have sockets, and b takes the invitations as {@code way} says; null: not at all. */
  private void begin(LaneOptions.Kind kind, UnaryOperator<Frame.Invite> way) {
    LaneOptions options = new LaneOptions(kind, Beside.MIB, Beside.MIB, Integer.MAX_VALUE, Optional.empty(), 0);
    a.endpoint.lanes().options(options);
    b.endpoint.lanes().options(options);
    b.endpoint.receive(FrameType.INVITE, (WorkerInfo from, Frame.Invite invite) -> {
      if (invite.use() == SocketUse.LANE) {
        return;
      }
      invitations.add(invite);
      Frame.Invite taken = way.apply(invite);
      if (taken != null) {
        b.endpoint.find(from.incarnation()).stream().accept(taken);
      }
    });
    a.open().start();
    b.open().start();
  }

  private static boolean isOpen(Peer from, Peer to) {
    Link link = from.endpoint.find(to.self.incarnation());
    return link != null && link.stream().isOpen();
  }

  /** On the loop of a, where the stream is. */
  private void sendFromA(int frames) {
    get(a.run(() -> {
      for (int i = 0; i < frames; i++) {
        a.send(b, ++sentByA);
      }
    }));
  }

  private void sendFromB(int frames) {
    get(b.run(() -> {
      for (int i = 0; i < frames; i++) {
        b.send(a, ++sentByB);
      }
    }));
  }

  private void assertAllCame() throws InterruptedException {
    for (long number = 1; number <= sentByA; number++) {
      assertThat(b.number()).isEqualTo(number);
    }
    for (long number = 1; number <= sentByB; number++) {
      assertThat(a.number()).isEqualTo(number);
    }
    assertThat(a.numbers).isEmpty();
    assertThat(b.numbers).isEmpty();
    assertThat(a.losses).isEmpty();
    assertThat(b.losses).isEmpty();
    sentByA = 0;
    sentByB = 0;
  }

  private void untilOpen() throws InterruptedException {
    for (int i = 0; i < MOST_ATTEMPTS && !(isOpen(a, b) && isOpen(b, a)); i++) {
      sendFromA(1);
      sendFromB(1);
      assertAllCame();
    }
    assertThat(isOpen(a, b) && isOpen(b, a)).as("there is a stream").isTrue();
  }

  @Test
  void carriesWhatTheLoopsSayBesideTheBus() throws InterruptedException {
    begin(LaneOptions.Kind.TCP, invite -> invite);
    untilOpen();

    sendFromA(1_000);
    sendFromB(1_000);

    assertAllCame();
    assertThat(invitations).hasSize(1);
    assertThat(invitations.peek().use()).isEqualTo(SocketUse.STREAM);
  }

  @Test
  void comesToAWorkerThatIsCalledFromOtherThreadsOnly() throws InterruptedException {
    begin(LaneOptions.Kind.TCP, invite -> invite);

    for (int i = 0; i < MOST_ATTEMPTS && !isOpen(a, b); i++) {
      a.send(b, ++sentByA);
      assertAllCame();
    }

    assertThat(isOpen(a, b)).as("there is a stream").isTrue();
    assertThat(invitations).hasSize(1);
  }

  @Test
  void keepsTheOrderOfWhatTakesTheBus() throws InterruptedException {
    long seed = Long.getLong("seed", System.nanoTime());
    System.out.println("BatchStreamTest: seed " + seed);
    Random random = new Random(seed);
    begin(LaneOptions.Kind.TCP, invite -> invite);
    untilOpen();

    for (int i = 0; i < 2_000; i++) {
      if (random.nextInt(4) == 0) {
        // From a thread that is no loop's.
        a.send(b, ++sentByA);
      } else {
        sendFromA(1 + random.nextInt(3));
      }
    }

    assertAllCame();
  }

  @Test
  void losesDoublesAndReordersNothingWhereItBreaksAtRandomBytes() throws InterruptedException {
    long seed = Long.getLong("seed", System.nanoTime());
    System.out.println("BatchStreamTest: seed " + seed);
    Random random = new Random(seed);
    Cable cable = Cable.cutEachAfter(vertx, () -> random.nextInt(20_000));
    begin(LaneOptions.Kind.TCP, cable::through);
    long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);

    while (cable.connections.get() < BREAKS && System.nanoTime() < until) {
      sendFromA(1 + random.nextInt(100));
      sendFromB(1 + random.nextInt(100));
      a.send(b, ++sentByA);
      assertAllCame();
    }

    assertThat(cable.connections.get()).as("sockets, seed %d", seed).isGreaterThanOrEqualTo(BREAKS);
  }

  @Test
  void takesTheBusWhereTheSocketBringsNothingMore() throws InterruptedException {
    Cable cable = Cable.stuckAfter(vertx, 2_000);
    begin(LaneOptions.Kind.TCP, cable::through);
    long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);

    // The first is given up when it was silent for a lease, and another tried.
    while (cable.connections.get() < 2 && System.nanoTime() < until) {
      sendFromA(20);
      sendFromB(20);
      assertAllCame();
    }

    assertThat(cable.connections.get()).isGreaterThanOrEqualTo(2);
  }

  @Test
  void doesNotLoseAWorkerWhoseLoopIsBusyForLongerThanALease() throws InterruptedException {
    begin(LaneOptions.Kind.TCP, invite -> invite);
    untilOpen();
    CountDownLatch busy = new CountDownLatch(1);
    Future<Void> over = b.run(() -> {
      try {
        busy.await(LIMIT_SECONDS, TimeUnit.SECONDS);
      } catch (InterruptedException never) {
        Thread.currentThread().interrupt();
      }
    });

    sendFromA(100);
    get(vertx.timer(2 * LEASE.toMillis(), TimeUnit.MILLISECONDS));

    assertThat(a.losses).isEmpty();
    assertThat(a.endpoint.find(b.self.incarnation()).isQuiet()).as("all is acknowledged").isTrue();
    busy.countDown();
    get(over);
    assertAllCame();
  }

  @Test
  void doesNotKeepTheLoopWaitingWhileTheNodeWritesWhatIsLarge() throws InterruptedException {
    begin(LaneOptions.Kind.TCP, invite -> invite);
    untilOpen();
    CountDownLatch opened = bus.shut(Peer.address(b.self));

    a.endpoint.send(b.self, new Frame.Result(1, List.of(), new Payload(new byte[Batch.FULL_BYTES], Batch.FULL_BYTES,
        List.of())));
    bus.awaitWriter();
    for (int i = 0; i < 20; i++) {
      sendFromB(1);
      sendFromA(1);
      // The loop goes on, and what has come waits.
      assertThat(a.numbers.poll(5, TimeUnit.MILLISECONDS)).isNull();
    }

    opened.countDown();
    assertAllCame();
  }

  @ParameterizedTest
  @EnumSource(Faults.Action.class)
  void mendsWhatGoesWrongOnTheWay(Faults.Action action) throws InterruptedException {
    begin(LaneOptions.Kind.TCP, invite -> invite);
    untilOpen();
    a.endpoint.faults(new Faults(List.of(Faults.Rule.of(FrameType.FETCH, action).count(10))));

    for (int i = 0; i < 50; i++) {
      sendFromA(1 + i % 3);
    }

    assertAllCame();
  }

  @Test
  void readsNothingFromWhoeverDoesNotShowTheOtherSecret() throws InterruptedException {
    begin(LaneOptions.Kind.TCP, invite ->
        new Frame.Invite(invite.use(), invite.host(), invite.port(), invite.ask(), Secret.fresh()));

    for (int i = 0; i < 50 || invitations.isEmpty(); i++) {
      sendFromA(1);
      sendFromB(1);
      assertAllCame();
    }

    assertThat(isOpen(b, a)).isFalse();
  }

  @Test
  void goesOnWithoutAStreamWhereItIsInvitedToWhatIsNoPort() throws InterruptedException {
    List<Throwable> thrown = new CopyOnWriteArrayList<>();
    begin(LaneOptions.Kind.TCP, invite -> {
      Frame.Invite bad = new Frame.Invite(invite.use(), invite.host(), 70_000, invite.ask(), invite.answer());
      try {
        b.endpoint.find(a.self.incarnation()).stream().accept(bad);
      } catch (RuntimeException outOfRange) {
        thrown.add(outOfRange);
      }
      return null;
    });

    for (int i = 0; i < MOST_ATTEMPTS && invitations.isEmpty(); i++) {
      sendFromA(1);
      sendFromB(1);
      assertAllCame();
    }
    sendFromA(1);

    assertAllCame();
    assertThat(invitations).hasSize(1);
    assertThat(thrown).isEmpty();
  }

  @Test
  void cutsOffWhoeverSendsWhatIsNoBatch() throws InterruptedException {
    begin(LaneOptions.Kind.TCP, invite -> null);
    Buffer otherSender = Buffer.buffer().appendInt(Batch.HEADER_BYTES).appendBuffer(Peer.header(7, 1, 0));
    Buffer noBatch = Buffer.buffer().appendInt(Integer.MAX_VALUE);
    for (Buffer bad : List.of(otherSender, noBatch)) {
      for (int i = 0; i < MOST_ATTEMPTS && invitations.isEmpty(); i++) {
        sendFromA(1);
        get(vertx.timer(10, TimeUnit.MILLISECONDS));
      }

      get(cutOff(invitations.remove(), bad));
    }
    assertAllCame();
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
    begin(LaneOptions.Kind.BUS, invite -> invite);

    for (int i = 0; i < 50; i++) {
      sendFromA(1);
      sendFromB(1);
      assertAllCame();
    }

    assertThat(invitations).isEmpty();
  }

  @Test
  void leavesNothingListeningBehind() throws InterruptedException {
    begin(LaneOptions.Kind.TCP, invite -> invite);
    untilOpen();
    Frame.Invite invite = invitations.remove();

    get(a.endpoint.close());

    assertThat(isOpen(a, b)).isFalse();
    NetClient client = vertx.createNetClient();
    failure(client.connect(invite.port(), invite.host()));
    get(client.close());
    for (int i = 0; i < MOST_ATTEMPTS && isOpen(b, a); i++) {
      get(vertx.timer(5, TimeUnit.MILLISECONDS));
    }
    assertThat(isOpen(b, a)).as("the other end knows").isFalse();
  }
}
