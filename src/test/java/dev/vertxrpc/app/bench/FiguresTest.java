package dev.vertxrpc.app.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class FiguresTest {
  @Test
  void tellsTheRateAndTheTimesOfCalls() {
    long[] nanos = LongStream.rangeClosed(1, 100).map(micros -> (101 - micros) * 1000).toArray();

    assertThat(Figures.ofCalls(nanos, 10_000_000).values())
        .isEqualTo(Map.of("callsPerS", 10_000.0, "p50Us", 51.0, "p99Us", 100.0));
  }

  @Test
  void countsThePayloadOfAnEchoOnceEachWay() {
    assertThat(Figures.ofEchoes(10, 16, 2_000_000_000L).values()).isEqualTo(Map.of("mibPerS", 160.0, "ms", 200.0));
  }

  @Test
  void givesTheTimeOfOneInItsUnit() {
    assertThat(Figures.of(4, 1_000_000_000, "us").values()).isEqualTo(Map.of("perS", 4.0, "us", 250_000.0));
    assertThat(Figures.of(4, 1_000_000_000, "ms").values()).isEqualTo(Map.of("perS", 4.0, "ms", 250.0));
  }

  @Test
  void takesTheMedianOfEachFigureOfSomeRuns() {
    Figures median = Figures.median(List.of(Figures.ofCalls(1, 1_000_000_000), Figures.ofCalls(9, 1_000_000_000),
        Figures.ofCalls(2, 1_000_000_000)));

    assertThat(median.values()).isEqualTo(Map.of("callsPerS", 2.0));
    assertThat(Figures.median(4, 1, 3, 2)).isEqualTo(2.5);
  }
}
