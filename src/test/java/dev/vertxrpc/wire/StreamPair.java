package dev.vertxrpc.wire;

import static dev.vertxrpc.testing.TestGroup.get;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxrpc.WorkerInfo;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;

/**
 * Two workers, a and b, that may have a stream between them, and how many frames each has sent. Confined to the test's
 * thread, except where a method says otherwise.
 */
final class StreamPair implements AutoCloseable {
  static final int MOST_ATTEMPTS = 1_000;
  private static final int LOOK_AGAIN_MS = 5;

  // The loops of both workers and of both nodes.
  final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(4));
  final GatedBus bus = new GatedBus(new ClusterBus(vertx.eventBus()));
  final LinkedBlockingQueue<Frame.Invite> invitations = new LinkedBlockingQueue<>();
  private final ArenaFiles none = new ArenaFiles(Path.of("/none"));
  private final TwoNodes nodes = new TwoNodes(vertx, bus, none, none);
  final Peer a = nodes.a;
  final Peer b = nodes.b;
  private final AtomicLong sentByA = new AtomicLong();
  private final AtomicLong sentByB = new AtomicLong();

  /** Both can have sockets, and b takes the invitations as {@code way} says, on its loop; null: not at all. */
  void begin(LaneOptions.Kind kind, UnaryOperator<Frame.Invite> way) {
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

  /** The same with every stream through {@code cable}. */
  void begin(Cable cable) {
    begin(LaneOptions.Kind.TCP, cable::through);
  }

  void begin() {
    begin(LaneOptions.Kind.TCP, invite -> invite);
  }

  static boolean isOpen(Peer from, Peer to) {
    Link link = from.endpoint.find(to.self.incarnation());
    return link != null && link.stream().isOpen();
  }

  boolean isOpen() {
    return isOpen(a, b) && isOpen(b, a);
  }

  /** Sends one on the thread that calls. Any. */
  void sayToB() {
    a.send(b, sentByA.incrementAndGet());
  }

  /** Sends one on the thread that calls. Any. */
  void sayToA() {
    b.send(a, sentByB.incrementAndGet());
  }

  /** On the loop of a, where the stream is. */
  void sendFromA(int frames) {
    get(a.run(() -> {
      for (int i = 0; i < frames; i++) {
        sayToB();
      }
    }));
  }

  void sendFromB(int frames) {
    get(b.run(() -> {
      for (int i = 0; i < frames; i++) {
        sayToA();
      }
    }));
  }

  void assertAllCame() throws InterruptedException {
    assertCame(b, sentByA);
    assertCame(a, sentByB);
  }

  void assertAllCameToB() throws InterruptedException {
    assertCame(b, sentByA);
  }

  private static void assertCame(Peer to, AtomicLong sent) throws InterruptedException {
    for (long number = 1; number <= sent.get(); number++) {
      assertThat(to.number()).isEqualTo(number);
    }
    assertThat(to.numbers).isEmpty();
    assertThat(to.losses).isEmpty();
    sent.set(0);
  }

  void untilOpen() throws InterruptedException {
    for (int i = 0; i < MOST_ATTEMPTS && !isOpen(); i++) {
      sendFromA(1);
      sendFromB(1);
      assertAllCame();
    }
    assertThat(isOpen()).as("there is a stream").isTrue();
  }

  /** Until {@code holds}, as {@code what} says. */
  void await(String what, BooleanSupplier holds) {
    for (int i = 0; i < MOST_ATTEMPTS && !holds.getAsBoolean(); i++) {
      get(vertx.timer(LOOK_AGAIN_MS, TimeUnit.MILLISECONDS));
    }
    assertThat(holds.getAsBoolean()).as(what).isTrue();
  }

  @Override
  public void close() {
    nodes.close();
  }
}
