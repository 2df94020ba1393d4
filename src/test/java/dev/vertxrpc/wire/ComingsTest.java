package dev.vertxrpc.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ComingsTest {
  private static final int BYTES = 6;
  private static final Buffer BULK = Buffer.buffer(new byte[BYTES]);

  private final Budget budget = new Budget();
  private final Comings comings = new Comings(budget, BYTES);
  private final List<String> told = new ArrayList<>();

  @BeforeEach
  void begin() {
    budget.atLeast(10);
  }

  @AfterEach
  void leavesNothingInTheBudget() {
    comings.close();
    assertThat(comings.bytes()).isZero();
    assertThat(budget.used()).isZero();
  }

  @Test
  void countsNothingForASocketThatWaitedForRoomUntilItWasThere() {
    budget.take(10);
    Coming inSocket = begin(1);
    assertThat(comings.admit(inSocket)).as("there is room").isFalse();

    comeInOneChunk(1);
    assertThat(budget.used()).isEqualTo(10);

    assertThat(comings.admit(inSocket)).as("it is not to wait").isTrue();
    assertThat(inSocket.room()).isNull();
    assertThat(budget.used()).isEqualTo(10);
    budget.give(10);
  }

  @Test
  void countsNothingForAChunkWhoseBulkWasWholeInTheSocketMeanwhile() {
    Coming inSocket = begin(1);
    assertThat(comings.admit(inSocket)).isTrue();
    expect(1);
    Coming inChunk = comings.chunk(1, BYTES);
    comings.end(inSocket);
    assertThat(budget.used()).isZero();

    comings.admitAlways(inChunk);

    assertThat(budget.used()).isZero();
    assertThat(comings.chunk(1, BYTES)).as("wanted").isNull();
  }

  @Test
  void countsWhatComesInBothWaysOnce() {
    Coming inSocket = begin(1);
    assertThat(comings.admit(inSocket)).isTrue();
    expect(1);

    comings.admitAlways(comings.chunk(1, BYTES));

    assertThat(budget.used()).isEqualTo(BYTES);
    comings.end(inSocket);
    assertThat(budget.used()).isZero();
    assertThat(told).containsExactly("there");
  }

  @Test
  void countsWhatIsThereUntilAFrameSpeaksOfIt() {
    Coming inSocket = begin(1);
    assertThat(comings.admit(inSocket)).isTrue();
    inSocket.room();
    comings.end(inSocket);
    assertThat(budget.used()).isEqualTo(BYTES);

    expect(1);

    assertThat(told).containsExactly("there");
    assertThat(budget.used()).isZero();
  }

  @Test
  void countsNothingOfWhatIsRefused() {
    comings.expect(1, BYTES + 1).whenThere(told::add);

    assertThat(told).singleElement().asString().contains("limits.maxPayloadBytes");
    assertThat(comings.begin(1, BYTES + 1)).isNull();
    assertThat(comings.chunk(1, BYTES + 1)).isNull();
    assertThat(budget.used()).isZero();
  }

  @Test
  void countsNothingOfWhatIsUnderWayWhenItsSenderGoes() {
    Coming inSocket = begin(1);
    assertThat(comings.admit(inSocket)).isTrue();
    expect(1);
    expect(2);
    Coming inChunk = comings.chunk(2, BYTES);
    comings.admitAlways(inChunk);
    assertThat(budget.used()).isEqualTo(2 * BYTES);

    comings.close();

    assertThat(told).containsExactlyInAnyOrder("its sender is gone", "its sender is gone");
    assertThat(budget.used()).isZero();
    assertThat(comings.admit(inSocket)).isTrue();
    comings.admitAlways(inChunk);
    assertThat(comings.begin(3, BYTES)).isNull();
    assertThat(comings.chunk(3, BYTES)).isNull();
  }

  @Test
  void refusesAChunkThatNoFrameHasSpokenOfOrThatSaysOtherwise() {
    expect(1);

    assertThatThrownBy(() -> comings.chunk(1, BYTES - 1)).isInstanceOf(MalformedFrameException.class)
        .hasMessage("bulk 1 has 5 bytes, and had 6");
    assertThatThrownBy(() -> comings.chunk(2, BYTES)).isInstanceOf(MalformedFrameException.class)
        .hasMessage("a part of bulk 2, and frames have spoken of 1");
    assertThat(budget.used()).isZero();
  }

  private Coming begin(long number) {
    return comings.begin(number, BYTES);
  }

  private void expect(long number) {
    comings.expect(number, BYTES).whenThere(why -> told.add(why == null ? "there" : why));
  }

  private void comeInOneChunk(long number) {
    expect(number);
    Coming coming = comings.chunk(number, BYTES);
    comings.admitAlways(coming);
    assertThat(coming.take(0, BULK)).isTrue();
    comings.end(coming);
    assertThat(told).containsExactly("there");
  }
}
