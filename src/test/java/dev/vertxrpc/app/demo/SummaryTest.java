package dev.vertxrpc.app.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class SummaryTest {
  private final Summary summary = new Summary(2);

  @Test
  void addsUpWhatTheWorkersReported() {
    trained(0.95);
    ended("server", 0);
    ended("trainer-0", 0);

    JsonObject json = summary.toJson(2, Duration.ofMillis(1234));

    assertThat(summary.complaint()).isEmpty();
    assertThat(json.encode()).isEqualTo("{\"workers\":2,\"processes\":2,\"epochs\":3,\"accuracy\":0.95,"
        + "\"samplesPerS\":1000,\"updates\":60,\"calls\":0,\"callP50Us\":0,\"callP99Us\":0,\"rrefsLeft\":0,"
        + "\"wallMs\":1234}");
    assertThat(Summary.text(json)).contains("0.9500", "1000 samples/s", "2 in 2 processes, 1.2 s");
  }

  @Test
  void complainsOfAWorkerThatDidNotReport() {
    trained(0.95);
    ended("server", 0);

    assertThat(summary.complaint()).contains("1 of 2 workers reported their end");
  }

  @Test
  void complainsOfAReferenceThatWasLeft() {
    trained(0.95);
    ended("server", 1);
    ended("trainer-0", 0);

    assertThat(summary.complaint()).contains("1 references were left, expected none");
  }

  @Test
  void complainsOfBadAccuracyOrNone() {
    ended("server", 0);
    ended("trainer-0", 0);
    assertThat(summary.complaint()).contains("no trainer reported a result");

    trained(0.9299);
    assertThat(summary.complaint()).contains("accuracy 0.9299, expected at least 0.93");
  }

  @Test
  void complainsOfAccuracyThatIsNoNumber() {
    ended("server", 0);
    ended("trainer-0", 0);
    summary.accept(new JsonObject(Events.of(Events.TRAINED).put("accuracy", Double.NaN).encode()));

    assertThat(summary.complaint()).contains("accuracy NaN, expected at least 0.93");
  }

  @Test
  void claimsNothingOfUpdatesThatNobodyReported() {
    assertThat(Summary.text(summary.toJson(2, Duration.ZERO))).contains("updates          not reported\n");

    trained(0.95);
    assertThat(Summary.text(summary.toJson(2, Duration.ZERO))).contains("updates          60, none lost\n");
  }

  private void trained(double accuracy) {
    summary.accept(Events.of(Events.EPOCH).put("epoch", 3).put("epochs", 3));
    summary.accept(Events.of(Events.TRAINED).put("accuracy", accuracy).put("heldOut", 360)
        .put("samplesPerS", 1000L).put("updates", 60L));
  }

  private void ended(String worker, int refsLeft) {
    summary.accept(Events.of(Events.ENDED).put("worker", worker).put("refsLeft", refsLeft)
        .put("callTimes", CallTimes.none().toJson()));
  }
}
