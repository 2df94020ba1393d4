package dev.vertxrpc.wire;

import static dev.vertxrpc.testing.TestGroup.get;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.VertxInternal;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class GatheringTest {
  private static final long LIMIT_SECONDS = 20;
  /** Longer than anything waits for the end of a turn. */
  private static final long LONG_TURN_NANOS = 5_000_000;

  private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(2));
  private final ContextInternal worker = ((VertxInternal) vertx).createEventLoopContext();
  private final ContextInternal node = ((VertxInternal) vertx).createEventLoopContext();
  /** What was written together. */
  private final BlockingQueue<List<Frame>> written = new LinkedBlockingQueue<>();
  private final BlockingQueue<List<Frame>> streamed = new LinkedBlockingQueue<>();
  private final AtomicBoolean isOpen = new AtomicBoolean();
  private final AtomicInteger missed = new AtomicInteger();
  private final Gathering gathering = new Gathering(worker, node, this::write, new Gathering.Direct() {
    @Override
    public boolean isOpen() {
      return isOpen.get();
    }

    @Override
    public boolean take() {
      if (isOpen.get()) {
        streamed.add(drained());
      }
      return isOpen.get();
    }

    @Override
    public void missed() {
      missed.incrementAndGet();
    }
  });

  @AfterEach
  void close() {
    get(vertx.close());
  }

  private List<Frame> drained() {
    List<Frame> frames = new ArrayList<>();
    for (Outgoing next = gathering.poll(); next != null; next = gathering.poll()) {
      frames.add(next.frame());
    }
    return frames;
  }

  private void write() {
    List<Frame> frames = drained();
    if (!frames.isEmpty()) {
      written.add(frames);
    }
  }

  private void add(long number) {
    gathering.add(Outgoing.of(new Frame.Cancel(number)));
  }

  private void turn(Consumer<Void> said) {
    Promise<Void> over = Promise.promise();
    worker.runOnContext(now -> {
      said.accept(now);
      over.complete();
    });
    get(over.future());
  }

  @Test
  void writesTogetherWhatIsSaidInATurn() throws InterruptedException {
    gathering.begin();

    // A thread that stands still meanwhile makes any turn a long one: but not each.
    int most = 0;
    for (int i = 0; i < 100 && most < 3; i++) {
      turn(now -> {
        add(1);
        add(2);
        add(3);
      });
      int count = 0;
      while (count < 3) {
        List<Frame> together = written.poll(LIMIT_SECONDS, TimeUnit.SECONDS);
        count += together.size();
        most = Math.max(most, together.size());
      }
    }

    assertThat(most).isEqualTo(3);
  }

  @Test
  void writesBeforeTheEndOfALongTurn() {
    gathering.begin();
    List<Boolean> beforeTheEnd = new ArrayList<>();

    turn(now -> {
      add(1);
      long began = System.nanoTime();
      while (System.nanoTime() - began < LONG_TURN_NANOS) {
        Thread.onSpinWait();
      }
      add(2);
      try {
        List<Frame> first = written.poll(LIMIT_SECONDS, TimeUnit.SECONDS);
        beforeTheEnd.add(first != null);
      } catch (InterruptedException never) {
        beforeTheEnd.add(false);
      }
    });

    assertThat(beforeTheEnd).containsExactly(true);
  }

  @Test
  void doesNotWaitForTheTurnOfTheWorkerWithWhatOthersSay() {
    gathering.begin();
    List<Boolean> meanwhile = new ArrayList<>();

    turn(now -> {
      Thread other = new Thread(() -> add(1));
      other.start();
      try {
        meanwhile.add(written.poll(LIMIT_SECONDS, TimeUnit.SECONDS) != null);
      } catch (InterruptedException never) {
        meanwhile.add(false);
      }
    });

    assertThat(meanwhile).containsExactly(true);
  }

  /** Begins with a stream, and has the node write no more. */
  private void beginWithStream() {
    isOpen.set(true);
    gathering.begin();
    Promise<Void> written = Promise.promise();
    node.runOnContext(now -> written.complete());
    get(written.future());
  }

  @Test
  void hasTheLoopWriteWhatAnyThreadSaysWhereThereIsAStream() throws InterruptedException {
    beginWithStream();

    add(1);

    assertThat(streamed.poll(LIMIT_SECONDS, TimeUnit.SECONDS)).hasSize(1);
    assertThat(written).isEmpty();
  }

  @Test
  void doesNotWaitForTheEndOfABurst() {
    beginWithStream();
    List<Integer> beforeTheEnd = new ArrayList<>();

    turn(now -> {
      for (int i = 0; i < 1_000; i++) {
        add(i);
      }
      streamed.forEach(frames -> beforeTheEnd.add(frames.size()));
    });

    assertThat(beforeTheEnd).hasSizeGreaterThan(5).allMatch(size -> size <= 128);
    assertThat(beforeTheEnd.get(0)).as("the peer begins early").isLessThanOrEqualTo(8);
  }

  @Test
  void doesNotHaveALoopThatIsKeptWriteWhatTheNodeSays() {
    beginWithStream();
    List<Boolean> meanwhile = new ArrayList<>();

    turn(now -> {
      node.runOnContext(tick -> add(1));
      try {
        meanwhile.add(written.poll(LIMIT_SECONDS, TimeUnit.SECONDS) != null);
      } catch (InterruptedException never) {
        meanwhile.add(false);
      }
    });

    assertThat(meanwhile).containsExactly(true);
  }

  @Test
  void wantsAStreamForWhatOtherThreadsSayButNotForWhatTheNodeSays() throws InterruptedException {
    gathering.begin();

    add(1);
    assertThat(written.poll(LIMIT_SECONDS, TimeUnit.SECONDS)).hasSize(1);
    assertThat(missed).hasValue(1);

    node.runOnContext(now -> add(2));
    assertThat(written.poll(LIMIT_SECONDS, TimeUnit.SECONDS)).hasSize(1);
    assertThat(missed).hasValue(1);
  }

  @Test
  void keepsWhatIsSaidBeforeItBegins() throws InterruptedException {
    turn(now -> add(1));
    turn(now -> add(2));
    assertThat(written).isEmpty();

    gathering.begin();

    assertThat(written.poll(LIMIT_SECONDS, TimeUnit.SECONDS)).hasSize(2);
  }
}
