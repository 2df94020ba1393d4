package dev.vertxrpc.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxrpc.testing.ManualClock;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class SendWindowTest {
  private static final Duration LONG = Duration.ofMinutes(1);

  private final ManualClock clock = new ManualClock();
  private final SendWindow window = new SendWindow(clock);

  private SendWindow.Sent send(int bytes) {
    Batch batch = Batch.from(1, window.next(), 0);
    batch.add(new Frame.Result(1, List.of(), Payload.of(Buffer.buffer(new byte[bytes]))));
    return window.add(batch, 0);
  }

  private List<Long> again() {
    return window.oldest().stream().map(sent -> sent.batch().first()).toList();
  }

  @Test
  void keepsWhatIsNotAcknowledgedAndNothingElse() {
    send(1);
    send(1);
    send(1);

    window.acknowledge(2);
    assertThat(again()).containsExactly(3L);
    window.acknowledge(1);
    window.acknowledge(4);
    assertThat(again()).as("what was never sent cannot have been received").containsExactly(3L);
    window.acknowledge(3);

    assertThat(window.isEmpty()).isTrue();
  }

  @Test
  void doesNotWriteAgainWhatIsBeingWritten() {
    SendWindow.Sent first = send(1);
    send(1);
    first.underWay(true);

    assertThat(again()).isEmpty();
    first.underWay(false);

    assertThat(again()).containsExactly(1L, 2L);
  }

  @Test
  void writesAboutAMegabyteAgainAtATimeAndOneBatchAtLeast() {
    send(3_000_000);
    send(400_000);
    assertThat(again()).containsExactly(1L);
    window.acknowledge(1);
    send(400_000);
    send(400_000);

    assertThat(again()).containsExactly(2L, 3L);
  }

  @Test
  void countsSilenceOnlyWhileSomebodyLooks() {
    send(1);
    window.nextWait(LONG);

    clock.advance(Duration.ofSeconds(60));
    assertThat(window.look()).as("a process that stood still").isEqualTo(Duration.ofMillis(400));
    window.nextWait(LONG);
    clock.advance(Duration.ofMillis(400));
    assertThat(window.look()).isEqualTo(Duration.ofMillis(800));
    window.acknowledge(1);
    send(1);

    assertThat(window.look()).isZero();
  }

  @Test
  void timeSpentWritingIsSilence() {
    SendWindow.Sent large = send(1_000_000);
    large.underWay(true);
    window.nextWait(LONG);

    clock.advance(Duration.ofMillis(300));

    assertThat(window.look()).isEqualTo(Duration.ofMillis(300));
  }

  @Test
  void givesTimeForAllThatIsBeingWrittenUntilItIsWritten() {
    SendWindow.Sent small = send(1);
    small.underWay(true);
    assertThat(window.forItsSize(100_000_000)).as("behind what others write").isEqualTo(Duration.ofSeconds(10));
    window.nextWait(LONG);
    clock.advance(Duration.ofMillis(300));
    assertThat(window.look()).isPositive();

    small.underWay(false);
    window.written(small);

    assertThat(window.look()).as("its time to be acknowledged begins").isZero();
    assertThat(window.forItsSize(100_000_000)).isZero();
    window.nextWait(LONG);
    clock.advance(Duration.ofMillis(300));
    window.written(small);
    assertThat(window.look()).as("that it was written again is no news").isEqualTo(Duration.ofMillis(300));
  }

  @Test
  void waitsLongerEachTimeAndForMuchToBeTaken() {
    send(1);
    assertThat(List.of(window.nextWait(LONG), window.nextWait(LONG), window.nextWait(LONG), window.nextWait(LONG)))
        .containsExactly(Duration.ofMillis(200), Duration.ofMillis(400), Duration.ofMillis(800), Duration.ofSeconds(1));
    window.acknowledge(1);
    send(100_000_000);

    assertThat(window.nextWait(LONG)).isGreaterThan(Duration.ofSeconds(10));
  }

  @Test
  void letsOnlySoMuchOvertakeWhatIsOnTheBus() {
    window.inStream(send(9_000_000));
    assertThat(window.mayOvertake()).as("nothing is on the bus").isTrue();
    window.onBus(send(1));

    window.inStream(send(8_000_000));
    assertThat(window.mayOvertake()).isTrue();
    window.inStream(send(1_000_000));
    assertThat(window.mayOvertake()).isFalse();
    window.acknowledge(1);
    assertThat(window.mayOvertake()).as("what is on the bus is missing").isFalse();
    window.acknowledge(2);

    assertThat(window.mayOvertake()).isTrue();
  }
}
