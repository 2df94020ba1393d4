package dev.vertxrpc.wire;

import static dev.vertxrpc.testing.TestGroup.get;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxrpc.RpcFailure;
import dev.vertxrpc.WorkerInfo;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SocketLaneTest {
  private static final int LARGE = 3_000_000;

  private Beside beside = Beside.of(LaneOptions.Kind.TCP);

  @AfterEach
  void close() {
    beside.close();
  }

  private void begin(int nodeBytes, int mostBytes) {
    beside.close();
    beside = new Beside(LaneOptions.Kind.TCP, nodeBytes, mostBytes);
  }

  @Test
  void takesLargeBulkBesideTheBatches() throws InterruptedException {
    beside.untilOpen();

    for (int bytes : new int[] {65_536, LARGE, 20_000_000}) {
      Buffer sent = beside.send(1, bytes);
      assertThat(beside.next()).isEqualTo(sent);
    }

    assertThat(beside.chunks).hasValue(0);
    beside.assertNothingLeft();
  }

  @Test
  void isJoinedWithItsFrameWhicheverIsFirst() throws InterruptedException {
    beside.untilOpen();
    beside.a.endpoint.faults(new Faults(List.of(
        Faults.Rule.of(FrameType.RESULT, Faults.Action.DELAY).count(3).delay(Duration.ofMillis(300)))));

    List<Buffer> sent = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      sent.add(beside.send(i, LARGE + i));
    }

    List<Buffer> received = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      received.add(beside.next());
      assertThat(beside.nextNumber()).isEqualTo(i);
    }
    assertThat(received).containsExactlyInAnyOrderElementsOf(sent);
    beside.assertNothingLeft();
  }

  @Test
  void doesNotHoldUpWhatIsBehindIt() throws InterruptedException {
    Cable cable = Cable.stuckAfter(beside.vertx, 1_000_000);
    through(cable);
    beside.untilOpen();

    Buffer sent = beside.send(1, LARGE);
    beside.a.send(beside.b, 2);

    assertThat(beside.nextNumber()).isEqualTo(1);
    assertThat(beside.nextNumber()).isEqualTo(2);
    assertThat(beside.arrived).isEmpty();
    // Nothing moves for as long as a peer may be silent: it goes over the bus.
    assertThat(beside.next()).isEqualTo(sent);
    assertThat(beside.chunks.get()).isGreaterThan(10);
  }

  private void through(Cable cable) {
    beside.b.endpoint.receive(FrameType.INVITE, (WorkerInfo from, Frame.Invite invite) ->
        beside.incoming().connect(cable.through(invite)));
  }

  @Test
  void sendsWhatDidNotComeWholeOverTheBusAndTriesAgain() throws InterruptedException {
    Cable cable = Cable.cutOnceAfter(beside.vertx, 4_000_000);
    through(cable);
    beside.untilOpen();

    List<Buffer> sent = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      sent.add(beside.send(i, LARGE));
    }
    List<Buffer> received = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      received.add(beside.next());
      assertThat(beside.nextNumber()).isEqualTo(i);
    }

    assertThat(received).containsExactlyInAnyOrderElementsOf(sent);
    assertThat(beside.chunks.get()).isPositive();
    beside.untilOpen();
    assertThat(cable.connections.get()).isGreaterThan(1);
    Buffer again = beside.send(9, LARGE);
    assertThat(beside.next()).isEqualTo(again);
    assertThat(beside.chunks).hasValue(0);
    beside.assertNothingLeft();
  }

  @Test
  void isGivenUpWhereItBreaksAgainAndAgain() throws InterruptedException {
    through(Cable.cutAfter(beside.vertx, Secret.BYTES + 10));

    for (int i = 0; i < 100; i++) {
      Buffer sent = beside.send(i, 100_000);
      assertThat(beside.next()).isEqualTo(sent);
    }

    assertThat(beside.a.endpoint.lanes().open()).isZero();
    beside.assertNothingLeft();
  }

  @Test
  void readsNothingFromWhoeverDoesNotShowTheOtherSecret() throws InterruptedException {
    beside.b.endpoint.receive(FrameType.INVITE, (WorkerInfo from, Frame.Invite invite) ->
        beside.incoming().connect(new Frame.Invite(invite.use(), invite.host(), invite.port(),
            invite.ask(), Secret.fresh())));

    Buffer sent = beside.send(1, LARGE);

    assertThat(beside.next()).isEqualTo(sent);
    assertThat(beside.answers.poll(20, TimeUnit.SECONDS).refusal()).hasValueSatisfying(why ->
        assertThat(why).contains("did not show that it has invited"));
  }

  @Test
  void isNotThereForWhoeverDoesNotShowTheSecret() throws InterruptedException {
    LinkedBlockingQueue<Frame.Invite> invitations = new LinkedBlockingQueue<>();
    beside.b.endpoint.receive(FrameType.INVITE, (WorkerInfo from, Frame.Invite invite) -> invitations.add(invite));
    Buffer sent = beside.send(1, LARGE);
    Frame.Invite invite = invitations.poll(20, TimeUnit.SECONDS);

    get(closed(invite, Secret.fresh().bytes()));
    // Those who show nothing have some seconds; who is one too many has not.
    List<Future<Void>> crowd = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      crowd.add(closed(invite, new byte[] {1, 2, 3}));
    }
    get(Future.any(crowd));
    get(Future.all(crowd));

    // Nobody came in time.
    assertThat(beside.next()).isEqualTo(sent);
    assertThat(beside.a.endpoint.lanes().open()).isZero();
    // It is good for some seconds, and they are over.
    get(closed(invite, invite.ask().bytes()));
  }

  /** Completes when whoever shows that is turned away, fails when it is answered. */
  private Future<Void> closed(Frame.Invite invite, byte[] shown) {
    Promise<Void> closed = Promise.promise();
    NetClient client = beside.vertx.createNetClient();
    beside.vertx.runOnContext(start ->
        client.connect(invite.port(), invite.host()).onComplete(socket -> {
          socket.closeHandler(gone -> closed.tryComplete());
          socket.exceptionHandler(reset -> { });
          socket.handler(answer -> closed.tryFail("it was answered"));
          socket.write(Buffer.buffer(shown));
        }, closed::tryFail));
    return closed.future().eventually(client::close);
  }

  @Test
  void waitsWhereTooMuchIsUnderWay() throws InterruptedException {
    begin(Beside.MIB, Integer.MAX_VALUE);
    beside.untilOpen();
    beside.a.endpoint.faults(new Faults(List.of(
        Faults.Rule.of(FrameType.RESULT, Faults.Action.DELAY).count(1).delay(Duration.ofMillis(500)))));

    // Behind the first, which is delayed, none is handed on: there is no room for all of them.
    List<Buffer> sent = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      sent.add(beside.send(i, 600_000));
    }

    List<Buffer> received = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      received.add(beside.next());
    }
    assertThat(received).containsExactlyInAnyOrderElementsOf(sent);
    // What is larger than all there may be goes alone.
    Buffer larger = beside.send(9, LARGE);
    assertThat(beside.next()).isEqualTo(larger);
    beside.assertNothingLeft();
  }

  @Test
  void refusesWhatIsLargerThanTheReceiverTakes() throws InterruptedException {
    begin(1024 * Beside.MIB, LARGE);
    beside.untilOpen();

    beside.send(1, LARGE + 1);
    assertThat(beside.next().toString()).contains("limits.maxPayloadBytes");

    Buffer sent = beside.send(2, LARGE);
    assertThat(beside.next()).isEqualTo(sent);
    beside.assertNothingLeft();
  }

  @Test
  void tellsWhoWaitsThatTheSenderIsGone() throws InterruptedException {
    through(Cable.stuckAfter(beside.vertx, 1_000_000));
    beside.untilOpen();
    beside.send(1, LARGE);
    assertThat(beside.nextNumber()).isEqualTo(1);

    beside.b.endpoint.gone(beside.a.self, RpcFailure.WORKER_LOST, "a test");

    assertThat(beside.next().toString()).contains("its sender is gone");
  }
}
