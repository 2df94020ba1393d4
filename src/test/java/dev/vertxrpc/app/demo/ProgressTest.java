package dev.vertxrpc.app.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ProgressTest {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final Progress progress = new Progress(new PrintStream(bytes, true, StandardCharsets.UTF_8), false);

  @Test
  void printsALineForEachEpochWhereThereIsNoTerminal() {
    progress.accept(Events.of(Events.EPOCH).put("epoch", 3).put("epochs", 20)
        .put("loss", 0.25).put("accuracy", 0.9));

    assertThat(printed()).isEqualTo("epoch   3/20  loss 0.2500  accuracy 0.9000\n");
  }

  @Test
  void drawsTheBarOnTheStreamThatIsATerminal() {
    try (Progress onTerminal = new Progress(new PrintStream(bytes, true, StandardCharsets.UTF_8), true)) {
      onTerminal.accept(Events.of(Events.EPOCH).put("epoch", 3).put("epochs", 20)
          .put("loss", 0.25).put("accuracy", 0.9));
    }

    assertThat(printed()).contains("epochs", "3/20");
  }

  @Test
  void tellsHowAWorkerEnded() {
    progress.accept(Events.of(Events.ENDED).put("worker", "trainer-1").put("refsLeft", 0)
        .put("callTimes", CallTimes.none().toJson()));

    assertThat(printed()).isEqualTo("trainer-1: no calls; 0 references left\n");
  }

  @Test
  void tellsWhatWasLearned() {
    progress.accept(Events.of(Events.TRAINED).put("accuracy", 0.97).put("heldOut", 360).put("samplesPerS", 5L)
        .put("updates", 60L));

    assertThat(printed())
        .isEqualTo("accuracy 0.9700 on 360 scans held out; 5 samples/s; 60 updates, none lost\n");
  }

  private String printed() {
    return bytes.toString(StandardCharsets.UTF_8).replace("\r", "");
  }
}
