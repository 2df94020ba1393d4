package dev.vertxrpc.wire;

import static dev.vertxrpc.testing.TestGroup.get;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxrpc.RpcFailure;
import io.vertx.core.Vertx;
import java.lang.ref.WeakReference;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Frames that are sent while their link closes, by several threads at moments that a seed chooses. */
class LinkRaceTest {
  private static final int ROUNDS = 400;
  private static final int SENDERS = 3;
  private static final int LOOKS = 20;

  private final Vertx vertx = Vertx.vertx();
  private final Node node = Node.of(vertx);
  private final Peer sender = new Peer(vertx, node, "sender", 1);
  /** What became of every frame that was taken, as long as somebody still knows of it. */
  private final ConcurrentLinkedQueue<WeakReference<Outgoing>> taken = new ConcurrentLinkedQueue<>();

  @AfterEach
  void close() {
    get(sender.endpoint.close());
    get(node.release());
    get(vertx.close());
  }

  @Test
  void nothingIsTakenOrKeptOnceTheLinkIsClosed() throws InterruptedException {
    long seed = Long.getLong("seed", System.nanoTime());
    System.out.println("LinkRaceTest: seed " + seed);
    Random random = new Random(seed);
    sender.open().start();
    for (int i = 0; i < ROUNDS; i++) {
      Peer receiver = new Peer(vertx, node, "receiver", 2 + i);
      boolean answers = random.nextBoolean();
      if (answers) {
        receiver.open().start();
        get(sender.endpoint.connect(receiver.self));
      }
      race(receiver, random);
      if (answers) {
        get(receiver.endpoint.close());
      }
    }
    assertNothingIsKept();
  }

  private void race(Peer receiver, Random random) throws InterruptedException {
    CountDownLatch go = new CountDownLatch(1);
    List<Thread> threads = IntStream.range(0, SENDERS).mapToObj(i -> new Thread(() -> {
      await(go);
      while (send(receiver)) {
        Thread.onSpinWait();
      }
    })).toList();
    threads.forEach(Thread::start);
    go.countDown();
    long until = System.nanoTime() + random.nextInt(300_000);
    while (System.nanoTime() < until) {
      Thread.onSpinWait();
    }

    sender.endpoint.gone(receiver.self, RpcFailure.WORKER_LOST, "it is over");

    assertThat(send(receiver)).as("taken by a link that is closed").isFalse();
    for (Thread thread : threads) {
      thread.join(TimeUnit.SECONDS.toMillis(20));
      assertThat(thread.isAlive()).as("a sender is not told that the link is closed").isFalse();
    }
  }

  private boolean send(Peer receiver) {
    Frame frame = Peer.frame(1);
    Outgoing outgoing = Outgoing.of(frame);
    boolean took = sender.endpoint.send(receiver.self, outgoing);
    if (took) {
      taken.add(new WeakReference<>(outgoing));
    }
    return took;
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  // Links are remembered as long as their worker lives; what they were to send must not be.
  private void assertNothingIsKept() {
    assertThat(taken).isNotEmpty();
    long kept = taken.size();
    for (int i = 0; i < LOOKS && kept > 0; i++) {
      System.gc();
      get(sender.run(() -> { }));
      kept = taken.stream().filter(each -> each.get() != null).count();
    }
    assertThat(kept).as("frames kept by links that are closed, of %s", taken.size()).isZero();
  }
}
