package dev.vertxrpc.wire;

import static dev.vertxrpc.testing.TestGroup.get;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxrpc.RpcFailure;
import dev.vertxrpc.WorkerInfo;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Two nodes that share nothing but a bus, as two processes of one host would. */
@DisabledOnOs(OS.WINDOWS)
class LaneTest {
  private static final int LARGE = 200_000;
  private static final int MOST_ATTEMPTS = 10_000;

  /** What arrived, and whether it lay in the lane. */
  private record Arrived(long number, boolean isLent, Payload payload) {}

  @TempDir
  Path directory;
  private final LinkedBlockingQueue<Arrived> arrived = new LinkedBlockingQueue<>();
  private final LinkedBlockingQueue<Frame.Opened> answers = new LinkedBlockingQueue<>();
  private int sent;
  private TwoNodes nodes;
  private Peer a;
  private Peer b;

  private void begin(ArenaFiles ofA, ArenaFiles ofB, LaneOptions lanes) {
    Vertx vertx = Vertx.vertx();
    nodes = new TwoNodes(vertx, new ClusterBus(vertx.eventBus()), ofA, ofB);
    a = nodes.a;
    b = nodes.b;
    a.endpoint.lanes().options(lanes);
    b.endpoint.receive(FrameType.RESULT, (WorkerInfo from, Frame.Result result) ->
        arrived.add(new Arrived(result.callId(), result.value().isLent(), result.value().kept())));
    a.open().start();
    b.open();
  }

  private void begin() {
    begin(new ArenaFiles(directory), new ArenaFiles(directory), LaneOptions.standard());
    b.start();
  }

  @AfterEach
  void close() {
    nodes.close();
    assertThat(directory).isEmptyDirectory();
  }

  /** Sends large values until they go through the lane. */
  private void untilOpen() throws InterruptedException {
    for (int i = 0; i < MOST_ATTEMPTS; i++) {
      send(-1, bytes(LARGE, i));
      Arrived next = next();
      assertThat(next.payload().bulk()).containsExactly(bytes(LARGE, i));
      if (next.isLent()) {
        // It is given back when it has been delivered, which is after it came here.
        get(b.run(() -> { }));
        return;
      }
    }
    throw new AssertionError("there is no lane");
  }

  private void send(long number, Buffer... bulk) {
    sent++;
    a.endpoint.send(b.self, new Frame.Result(number, List.of(), new Payload(Buffer.buffer(), List.of(bulk))));
  }

  private Arrived next() throws InterruptedException {
    return arrived.poll(20, TimeUnit.SECONDS);
  }

  private static Buffer bytes(int length, int value) {
    byte[] bytes = new byte[length];
    Arrays.fill(bytes, (byte) value);
    return Buffer.buffer(bytes);
  }

  @Test
  void takesLargeBulkBesideTheBatches() throws InterruptedException {
    begin();
    untilOpen();

    send(1, bytes(LARGE, 1), bytes(10, 2), bytes(LARGE, 3));

    assertThat(next().payload().bulk()).containsExactly(bytes(LARGE, 1), bytes(10, 2), bytes(LARGE, 3));
    assertThat(directory).isEmptyDirectory();
    get(b.run(() -> { }));
    assertThat(a.endpoint.lanes().bytes()).isZero();
    assertThat(a.endpoint.lanes().open()).isEqualTo(1);
    assertThat(b.endpoint.lanes().open()).isZero();
  }

  @Test
  void takesALargeBodyTooWhichMayBeKept() throws InterruptedException {
    begin();
    untilOpen();

    a.endpoint.send(b.self, new Frame.Result(1, List.of(), Payload.of(bytes(LARGE, 4))));
    Arrived first = next();
    a.endpoint.send(b.self, new Frame.Result(2, List.of(), Payload.of(bytes(LARGE, 5))));

    assertThat(next().payload().body()).isEqualTo(bytes(LARGE, 5));
    assertThat(first.payload().body()).isEqualTo(bytes(LARGE, 4));
  }

  @Test
  void sendsWhatLiesThereAlreadyWithoutACopy() throws InterruptedException {
    begin();
    untilOpen();

    Buffer room = a.endpoint.lanes().claim(b.self, LARGE);
    room.setBytes(0, bytes(LARGE, 6).getBytes());
    assertThat(a.endpoint.lanes().bytes()).isEqualTo(LARGE);
    send(1, room);

    assertThat(next().payload().bulk()).containsExactly(bytes(LARGE, 6));
    assertThat(a.endpoint.lanes().claim(b.self, 10)).isNull();
    get(b.run(() -> { }));
    assertThat(a.endpoint.lanes().bytes()).isZero();
  }

  @Test
  void takesTheBusWhenItIsFull() throws InterruptedException {
    begin(new ArenaFiles(directory), new ArenaFiles(directory),
        LaneOptions.of(LaneOptions.Kind.SHM, LaneOptions.LEAST_ARENA_BYTES));
    b.start();
    untilOpen();
    Buffer most = a.endpoint.lanes().claim(b.self, LaneOptions.LEAST_ARENA_BYTES - LARGE);

    send(1, bytes(LARGE, 1));
    assertThat(next()).isEqualTo(new Arrived(1, false, new Payload(Buffer.buffer(), List.of(bytes(LARGE, 1)))));

    a.endpoint.lanes().giveBack(b.self, List.of(most));
    send(2, bytes(LARGE, 2));
    assertThat(next().isLent()).isTrue();
  }

  @Test
  void takesTheBusWhereThePeerCannotOpenIt(@TempDir Path elsewhere) throws InterruptedException {
    begin(new ArenaFiles(directory), new ArenaFiles(elsewhere), LaneOptions.standard());
    a.endpoint.receive(FrameType.OPENED, (WorkerInfo from, Frame.Opened opened) -> {
      a.endpoint.find(from.incarnation()).opened(opened);
      answers.add(opened);
    });
    b.start();

    send(1, bytes(LARGE, 1));
    assertThat(answers.poll(20, TimeUnit.SECONDS).refusal()).hasValueSatisfying(why ->
        assertThat(why).contains("NoSuchFile"));
    send(2, bytes(LARGE, 2));

    assertThat(next().isLent()).isFalse();
    assertThat(next().payload().bulk()).containsExactly(bytes(LARGE, 2));
    assertThat(directory).isEmptyDirectory();
    assertThat(a.endpoint.lanes().open()).isZero();
  }

  @Test
  void takesTheBusWhereThereIsNoSharedMemory() throws InterruptedException {
    begin(new ArenaFiles(directory.resolve("none")), new ArenaFiles(directory), LaneOptions.standard());
    b.start();

    send(1, bytes(LARGE, 1));
    send(2, bytes(LARGE, 2));

    assertThat(next().isLent()).isFalse();
    assertThat(next().isLent()).isFalse();
  }

  @Test
  void takesTheBusWhereThatIsWanted() throws InterruptedException {
    begin(new ArenaFiles(directory), new ArenaFiles(directory),
        LaneOptions.of(LaneOptions.Kind.BUS, LaneOptions.LEAST_ARENA_BYTES));
    b.start();

    for (int i = 0; i < 5; i++) {
      send(i, bytes(LARGE, i));
      assertThat(next().isLent()).isFalse();
    }
    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void refusesWhatSomebodyElseOffers() throws InterruptedException {
    begin();
    a.endpoint.receive(FrameType.OPENED, (WorkerInfo from, Frame.Opened opened) -> answers.add(opened));

    a.endpoint.send(b.self, new Frame.Offer("../etc/passwd", 1, 2, 4096));

    assertThat(answers.poll(20, TimeUnit.SECONDS).refusal()).isPresent();
    send(1, bytes(LARGE, 1));
    assertThat(next().isLent()).isFalse();
  }

  @Test
  void keepsWhatItsReceiverHolds() throws InterruptedException {
    begin();
    untilOpen();
    LinkedBlockingQueue<Payload> held = new LinkedBlockingQueue<>();
    LinkedBlockingQueue<Runnable> holds = new LinkedBlockingQueue<>();
    b.endpoint.receive(FrameType.RESULT, (WorkerInfo from, Frame.Result result) -> {
      holds.add(result.value().hold());
      held.add(result.value());
    });

    send(1, bytes(LARGE, 1));
    Payload first = held.poll(20, TimeUnit.SECONDS);
    send(2, bytes(LARGE, 2));
    Payload second = held.poll(20, TimeUnit.SECONDS);

    assertThat(first.bulk()).containsExactly(bytes(LARGE, 1));
    assertThat(second.bulk()).containsExactly(bytes(LARGE, 2));
    assertThat(a.endpoint.lanes().bytes()).isEqualTo(2 * LARGE);
    holds.remove().run();
    assertThat(a.endpoint.lanes().bytes()).isEqualTo(LARGE);
    holds.remove().run();
    assertThat(a.endpoint.lanes().bytes()).isZero();
  }

  @Test
  void readsWhatComesTwiceOnce() throws InterruptedException {
    begin();
    a.endpoint.faults(new Faults(List.of(Faults.Rule.of(FrameType.RESULT, Faults.Action.DUPLICATE))));
    untilOpen();

    for (int i = 0; i < 50; i++) {
      send(i, bytes(LARGE + i, i));
    }

    for (int i = 0; i < 50; i++) {
      assertThat(next().payload().bulk()).containsExactly(bytes(LARGE + i, i));
    }
    get(b.run(() -> { }));
    assertThat(a.endpoint.lanes().bytes()).isZero();
    assertThat(arrived).isEmpty();
  }

  @Test
  void losesAPeerThatPointsOutsideOfTheLane() throws InterruptedException {
    begin();
    untilOpen();

    Arena.Place outside = new Arena.Place(64, LARGE);
    // Behind the results and the offer.
    Batch batch = Batch.from(a.self.incarnation(), sent + 2, 0);
    batch.add(new Frame.Result(1, List.of(), Payload.of(bytes(LARGE, 1))), bulk -> outside);
    nodes.bus.to(Peer.address(b.self)).write(batch);

    assertThat(b.loss()).contains("a PROTOCOL it has sent what cannot be read: 200000 bytes at 64 of a lane of");
  }

  @Test
  void keepsNothingOfAPeerThatIsGone() throws InterruptedException {
    begin();
    untilOpen();
    Buffer room = a.endpoint.lanes().claim(b.self, LARGE);

    a.endpoint.gone(b.self, RpcFailure.WORKER_LOST, "a test");

    assertThat(a.endpoint.lanes().bytes()).isZero();
    assertThat(a.endpoint.lanes().claim(b.self, LARGE)).isNull();
    room.setByte(LARGE - 1, (byte) 1);
    a.endpoint.lanes().giveBack(b.self, List.of(room));
  }
}
