package dev.vertxrpc.wire;

import static dev.vertxrpc.testing.TestGroup.get;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxrpc.WorkerInfo;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.DeliveryOptions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EndpointTest {
  private final Vertx vertx = Vertx.vertx();
  private final Node node = Node.of(vertx);
  private final Peer a = new Peer(vertx, node, "a", 1);
  private final Peer b = new Peer(vertx, node, "b", 2);

  @AfterEach
  void close() {
    get(a.endpoint.close());
    get(b.endpoint.close());
    get(node.release());
    get(vertx.close());
  }

  @Test
  void opensTheWayBackToo() throws InterruptedException {
    a.open().start();
    b.open().start();

    get(a.endpoint.connect(b.self));
    b.send(a, 1);
    a.send(b, 2);

    assertThat(a.number()).isEqualTo(1);
    assertThat(b.number()).isEqualTo(2);
  }

  @Test
  void reachesItself() throws InterruptedException {
    a.open().start();

    a.send(a, 5);

    assertThat(a.number()).isEqualTo(5);
  }

  @Test
  void keepsWhatIsSentBeforeThePeerIsThere() throws InterruptedException {
    a.open().start();
    for (int i = 0; i < 300; i++) {
      a.send(b, i);
    }
    b.open().start();

    List<Long> arrived = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      arrived.add(b.number());
    }

    assertThat(arrived).isEqualTo(LongStream.range(0, 300).boxed().toList());
    assertThat(b.numbers).as("delivered twice").isEmpty();
  }

  @Test
  void holdsFramesUntilItStarts() throws InterruptedException {
    a.open().start();
    b.open();
    get(a.endpoint.connect(b.self));
    Promise<Void> written = Promise.promise();
    a.send(b, 1);
    a.endpoint.send(b.self, new Outgoing() {
      @Override
      public Frame frame() {
        return Peer.frame(2);
      }

      @Override
      public boolean isWanted() {
        return written.tryComplete();
      }
    });
    get(written.future());
    // The turn in which they were written is over, and then that in which they arrived.
    Promise<Void> turned = Promise.promise();
    node.context().runOnContext(next -> turned.complete());
    get(turned.future());
    get(b.run(() -> { }));
    assertThat(b.numbers).isEmpty();

    b.start();

    assertThat(b.number()).isEqualTo(1);
    assertThat(b.number()).isEqualTo(2);
  }

  @Test
  void keepsTheOrderOfEachSendingThread() throws InterruptedException {
    a.open().start();
    b.open().start();
    List<Thread> threads = new ArrayList<>();
    for (int thread = 0; thread < 4; thread++) {
      long first = thread * 1_000_000L;
      threads.add(new Thread(() -> LongStream.range(first, first + 2_500).forEach(each -> a.send(b, each))));
    }

    threads.forEach(Thread::start);
    Map<Long, List<Long>> arrived = new HashMap<>();
    for (int i = 0; i < 10_000; i++) {
      long number = b.number();
      arrived.computeIfAbsent(number / 1_000_000, thread -> new ArrayList<>()).add(number);
    }

    assertThat(arrived).hasSize(4);
    arrived.forEach((thread, numbers) -> assertThat(numbers).isEqualTo(
        LongStream.range(thread * 1_000_000, thread * 1_000_000 + 2_500).boxed().toList()));
    assertThat(b.numbers).isEmpty();
  }

  @Test
  void deliversTheFramesBehindOneWhoseReceiverFails() throws InterruptedException {
    b.endpoint.receive(FrameType.ACCEPT, (WorkerInfo from, RefFrame.Accept accept) -> {
      throw new IllegalStateException("a defect");
    });
    b.endpoint.receive(FrameType.REGISTER, (WorkerInfo from, RefFrame.Register register) -> {
      throw new NoClassDefFoundError("a defect of the class path");
    });
    a.open().start();
    b.open().start();

    a.endpoint.send(b.self, new RefFrame.Accept(new ForkId(1, 1)));
    a.send(b, 1);
    a.endpoint.send(b.self, new RefFrame.Register(new Fork(new RefId(1, 1), new ForkId(1, 1), 1, 1)));
    a.send(b, 2);

    assertThat(b.number()).isEqualTo(1);
    assertThat(b.number()).isEqualTo(2);
  }

  @Test
  void dropsWhatItCannotReadAndWhatNobodyReceives() throws InterruptedException {
    a.open().start();
    b.open().start();
    get(a.endpoint.connect(b.self));

    vertx.eventBus().send(Peer.address(b.self), Peer.damaged(1), new DeliveryOptions().setCodecName(BatchCodec.NAME));
    a.endpoint.send(b.self, new RefFrame.Accept(new ForkId(1, 1)));
    a.send(b, 1);

    assertThat(b.number()).isEqualTo(1);
    assertThat(b.dropped).containsExactlyInAnyOrder("frame type 99 is not known to this version",
        "nobody receives ACCEPT");
  }

  @Test
  void settlesTheForksOfWhatItDrops() throws InterruptedException {
    Fork fork = new Fork(new RefId(1, 1), new ForkId(1, 2), 1, 1);
    List<String> settled = new ArrayList<>();
    b.endpoint.ledger((from, forks) -> settled.add(from.name() + " " + forks));
    a.open().start();
    b.open().start();

    a.endpoint.send(b.self, new Frame.Result(1, List.of(fork), Payload.of(Buffer.buffer())));
    a.send(b, 1);

    assertThat(b.number()).isEqualTo(1);
    assertThat(settled).containsExactly("a " + List.of(fork));
  }

  @Test
  void doesNotWriteAFrameThatNobodyWantsAnyMore() throws InterruptedException {
    a.open().start();
    b.open().start();
    get(a.endpoint.connect(b.self));

    a.send(b, 1);
    a.endpoint.send(b.self, new Outgoing() {
      @Override
      public Frame frame() {
        return Peer.frame(2);
      }

      @Override
      public boolean isWanted() {
        return false;
      }
    });
    a.send(b, 3);

    assertThat(b.number()).isEqualTo(1);
    assertThat(b.number()).isEqualTo(3);
  }
}
