package dev.vertxrpc.wire;

import static dev.vertxrpc.testing.TestGroup.failure;
import static dev.vertxrpc.testing.TestGroup.get;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxrpc.RpcFailure;
import dev.vertxrpc.WorkerInfo;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EndpointLossTest {
  private static final WorkerInfo OTHER_MAKE = Peer.worker("other", 9);

  private final Vertx vertx = Vertx.vertx();
  private final Node node = Node.of(vertx);
  private final Peer a = new Peer(vertx, node, "a", 1);
  private final Peer b = new Peer(vertx, node, "b", 2);

  @BeforeEach
  void connect() {
    a.open().start();
    b.open().start();
    get(a.endpoint.connect(b.self));
  }

  @AfterEach
  void close() {
    get(a.endpoint.close());
    get(b.endpoint.close());
    get(node.release());
    get(vertx.close());
  }

  @Test
  void tellsOnceOfAPeerThatLeaves() throws InterruptedException {
    a.send(b, 1);
    get(a.endpoint.goodbye());
    get(a.endpoint.goodbye());
    // Whatever the second one did has happened when this has been answered.
    Promise<Frame> welcome = Promise.promise();
    vertx.eventBus().<Batch>consumer(Peer.address(OTHER_MAKE), message ->
        message.body().forEach(welcome::tryComplete, (reason, forks) -> welcome.tryFail(reason)));
    Peer.write(vertx, OTHER_MAKE, b.self, new Frame.Hello(Endpoint.VERSION, "g", OTHER_MAKE));
    assertThat(get(welcome.future())).isEqualTo(new Frame.Welcome());
    Peer.write(vertx, OTHER_MAKE, b.self, Peer.frame(3));

    assertThat(b.number()).as("what was sent before").isEqualTo(1);
    assertThat(b.loss()).isEqualTo("a WORKER_LEFT it left the group");
    assertThat(b.number()).isEqualTo(3);
    assertThat(b.losses).isEmpty();
  }

  @Test
  void tellsOnceOfAPeerThatIsTwiceGone() throws InterruptedException {
    a.endpoint.gone(b.self, RpcFailure.WORKER_LOST, "once");
    a.endpoint.gone(b.self, RpcFailure.WORKER_LEFT, "twice");
    get(a.run(() -> { }));

    assertThat(a.losses).containsExactly("b WORKER_LOST once");
  }

  @Test
  void takesNothingForAPeerThatIsGoneAndSaysWhy() {
    assertThat(a.endpoint.whyGone(b.self)).isNull();

    a.endpoint.gone(b.self, RpcFailure.WORKER_LOST, "its lease ran out");

    assertThat(a.endpoint.send(b.self, Peer.frame(1))).isFalse();
    assertThat(a.endpoint.whyGone(b.self)).hasMessage("b (rank 0): its lease ran out");
    assertThat(a.endpoint.whyGone(b.self).failure()).isEqualTo(RpcFailure.WORKER_LOST);
    assertThat(failure(a.endpoint.connect(b.self))).isSameAs(a.endpoint.whyGone(b.self));
  }

  @Test
  void takesNothingOnceItIsClosed() {
    get(a.endpoint.close());

    assertThat(a.endpoint.send(b.self, Peer.frame(1))).isFalse();
    assertThat(a.endpoint.whyGone(b.self).failure()).isEqualTo(RpcFailure.NOT_JOINED);
  }

  @Test
  void tellsAPeerThatWasDeclaredLostWhenItSpeaks() throws InterruptedException {
    a.endpoint.gone(b.self, RpcFailure.WORKER_LOST, "it seemed dead");

    b.send(a, 1);

    assertThat(b.loss()).isEqualTo("a WORKER_LOST it was taken for WORKER_LOST");
    assertThat(a.dropped).containsExactly("FETCH from a worker that is gone");
    assertThat(a.numbers).isEmpty();
  }

  @Test
  void tellsAPeerThatWasDeclaredLostWhenItSaysHello() throws InterruptedException {
    a.endpoint.gone(b.self, RpcFailure.WORKER_LOST, "it seemed dead");

    Peer.write(vertx, b.self, a.self, b.endpoint.hello());

    assertThat(b.loss()).isEqualTo("a WORKER_LOST it was taken for WORKER_LOST");
  }

  @Test
  void losesAPeerThatCannotBeWrittenTo() throws InterruptedException {
    get(b.endpoint.close());

    a.send(b, 1);

    assertThat(a.loss()).startsWith("b WORKER_LOST a message to it could not be written: No handlers for address");
  }

  @Test
  void refusesAPeerOfAnotherVersion() {
    Promise<Frame> answer = Promise.promise();
    vertx.eventBus().<Batch>consumer(Peer.address(OTHER_MAKE),
        message -> message.body().forEach(answer::tryComplete, (reason, forks) -> answer.tryFail(reason)));

    Peer.write(vertx, OTHER_MAKE, a.self, new Frame.Hello(2, "g", OTHER_MAKE));

    assertThat(get(answer.future()))
        .isEqualTo(new Frame.Goodbye(RpcFailure.PROTOCOL, "a speaks version 1 of the protocol in group g, not 2 in g"));
  }

  @Test
  void failsAConnectionThatAPeerOfAnotherVersionRefuses() throws InterruptedException {
    vertx.eventBus().<Batch>consumer(Peer.address(OTHER_MAKE), message ->
        Peer.write(vertx, OTHER_MAKE, a.self, new Frame.Goodbye(RpcFailure.PROTOCOL, "not yours")));

    Throwable refused = failure(a.endpoint.connect(OTHER_MAKE));

    assertThat(RpcFailure.of(refused)).isEqualTo(RpcFailure.PROTOCOL);
    assertThat(refused).hasMessage("other (rank 0): not yours");
    assertThat(a.loss()).isEqualTo("other PROTOCOL not yours");
  }

  @Test
  void ignoresFramesOfSomebodyUnknown() throws InterruptedException {
    Peer.write(vertx, OTHER_MAKE, a.self, Peer.frame(1));
    b.send(a, 2);

    assertThat(a.number()).isEqualTo(2);
    assertThat(a.dropped).containsExactly("FETCH from a worker that is not known");
  }

  @Test
  void aPeerThatIsNoMemberIsNotWelcomeAndNotHeard() throws InterruptedException {
    a.endpoint.onStranger(stranger -> Future.succeededFuture(false));
    Promise<Frame> answer = Promise.promise();
    vertx.eventBus().<Batch>consumer(Peer.address(OTHER_MAKE), message ->
        message.body().forEach(answer::tryComplete, (reason, forks) -> answer.tryFail(reason)));

    Peer.write(vertx, OTHER_MAKE, a.self, new Frame.Hello(Endpoint.VERSION, "g", OTHER_MAKE));
    assertThat(get(answer.future())).isEqualTo(new Frame.Goodbye(RpcFailure.WORKER_LOST,
        "a knows of no other (rank 0) in group g"));
    Peer.write(vertx, OTHER_MAKE, a.self, Peer.frame(1));
    b.send(a, 2);

    assertThat(a.number()).isEqualTo(2);
    assertThat(a.dropped).containsExactly("FETCH from a worker that is not known");
  }

  @Test
  void losesAPeerThatSendsWhatCannotBeRead() throws InterruptedException {
    Peer.write(vertx, a.self, b.self, a.endpoint.hello());
    Batch damaged = new Batch(Peer.header(a.self.incarnation(), 1, 1).appendInt(1).appendByte((byte) 99));
    vertx.eventBus().send(Peer.address(b.self), damaged, new DeliveryOptions().setCodecName(BatchCodec.NAME));

    assertThat(b.loss())
        .isEqualTo("a PROTOCOL it has sent what cannot be read: frame type 99 is not known to this version");
    assertThat(a.loss()).startsWith("b PROTOCOL b cannot read it: frame type 99");
  }

  @Test
  void doesNotTakeAPeerForDeadThatIsOnlyBusy() {
    CountDownLatch free = new CountDownLatch(1);
    b.run(() -> {
      try {
        free.await(20, TimeUnit.SECONDS);
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
      }
    });
    a.send(b, 1);

    // It says GOODBYE when what it has sent is acknowledged.
    get(a.endpoint.goodbye());

    assertThat(b.numbers).isEmpty();
    free.countDown();
  }
}
