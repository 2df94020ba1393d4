package dev.vertxrpc.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class ReceiveWindowTest {
  private static final int ROUNDS = 500;
  private static final int BATCHES = 30;

  private final ReceiveWindow window = new ReceiveWindow();
  private final Queue<ReceiveWindow.Arrival> arrivals = new ArrayDeque<>();

  private static Batch batch(long first, int count) {
    return new Batch(Peer.header(1, first, count));
  }

  private List<Long> numbers() {
    List<Long> numbers = new ArrayList<>();
    for (ReceiveWindow.Arrival next = arrivals.poll(); next != null; next = arrivals.poll()) {
      LongStream.rangeClosed(next.batch().first() + next.known(), next.batch().last()).forEach(numbers::add);
    }
    return numbers;
  }

  @Test
  void takesEachFrameOnceAndInOrderHoweverTheyCome() {
    long seed = Long.getLong("seed", System.nanoTime());
    for (int round = 0; round < ROUNDS; round++) {
      Random random = new Random(seed + round);
      ReceiveWindow fresh = new ReceiveWindow();
      List<Batch> sent = new ArrayList<>();
      long last = 0;
      for (int i = 0; i < BATCHES; i++) {
        int count = 1 + random.nextInt(5);
        sent.add(batch(last + 1, count));
        last += count;
      }

      while (fresh.received() < last) {
        fresh.take(sent.get(random.nextInt(BATCHES)), arrivals);
      }

      assertThat(numbers()).as("seed %d", seed + round)
          .isEqualTo(LongStream.rangeClosed(1, last).boxed().toList());
    }
  }

  @Test
  void hasWhatCameTooEarlyWaitForWhatIsMissing() {
    assertThat(window.take(batch(3, 2), arrivals)).isFalse();
    assertThat(window.take(batch(5, 1), arrivals)).isFalse();
    assertThat(window.received()).isZero();

    assertThat(window.take(batch(1, 2), arrivals)).isTrue();

    assertThat(window.received()).isEqualTo(5);
    assertThat(numbers()).containsExactly(1L, 2L, 3L, 4L, 5L);
    assertThat(window.take(batch(3, 2), arrivals)).isFalse();
  }

  @Test
  void keepsNothingOnceItsLinkHasEnded() {
    window.take(batch(3, 1), arrivals);
    window.clear();
    window.take(batch(2, 1), arrivals);

    window.take(batch(1, 1), arrivals);

    assertThat(numbers()).containsExactly(1L);
  }

  @Test
  void keepsNoMoreThanItHasRoomFor() {
    for (int i = 0; i < 10; i++) {
      window.take(new Batch(Peer.header(1, 2 + i, 1).appendBuffer(Buffer.buffer(new byte[5_000_000]))), arrivals);
    }

    window.take(batch(1, 1), arrivals);

    assertThat(window.received()).isEqualTo(4);
    assertThat(numbers()).containsExactly(1L, 2L, 3L, 4L);
  }

  @Test
  void keepsOneBatchHoweverLarge() {
    Buffer large = Peer.header(1, 2, 1).appendBuffer(Buffer.buffer(new byte[20_000_000]));
    window.take(new Batch(large), arrivals);
    window.take(batch(3, 1), arrivals);

    window.take(batch(1, 1), arrivals);

    assertThat(numbers()).containsExactly(1L, 2L);
  }
}
