package dev.vertxrpc.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxrpc.simulation.Loop;
import dev.vertxrpc.testing.ManualClock;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.VertxInternal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TimersTest {
  private static final Duration PERIOD = Duration.ofSeconds(1);

  private final Loop loop = new Loop();
  private final ManualClock clock = new ManualClock();
  private final ContextInternal context = ((VertxInternal) loop.vertx()).createEventLoopContext();
  private final Timers timers = new Timers(clock, context);
  private int rung;

  @AfterEach
  void close() {
    loop.close();
  }

  private void advance(Duration duration) {
    loop.run(() -> {
      clock.advance(duration);
      return false;
    });
  }

  @Test
  void aTaskThatThrowsIsRepeatedAllTheSame() {
    List<String> reported = new ArrayList<>();
    context.exceptionHandler(thrown -> reported.add(thrown.getMessage()));
    Runnable stop = timers.every(PERIOD, () -> {
      rung++;
      throw new IllegalStateException("number " + rung);
    });

    for (int i = 0; i < 3; i++) {
      advance(PERIOD);
    }
    stop.run();
    advance(PERIOD);

    assertThat(reported).containsExactly("number 1", "number 2", "number 3");
    assertThat(clock.alarms()).isZero();
  }

  @Test
  void aTaskThatStopsItselfIsNotRepeated() {
    Runnable[] stop = new Runnable[1];
    stop[0] = timers.every(PERIOD, () -> {
      rung++;
      stop[0].run();
    });

    advance(PERIOD);
    advance(PERIOD);

    assertThat(rung).isEqualTo(1);
    assertThat(clock.alarms()).isZero();
  }
}
