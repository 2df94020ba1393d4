package dev.vertxrpc.app.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.vertxrpc.observe.RpcMeter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MockClock;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleConfig;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.json.JsonArray;
import java.time.Duration;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

class CallTimesTest {
  private final MockClock clock = new MockClock();
  private final MeterRegistry registry = registry(clock);

  private static MeterRegistry registry(MockClock clock) {
    MeterRegistry registry = new SimpleMeterRegistry(SimpleConfig.DEFAULT, clock);
    registry.config().meterFilter(CallTimes.buckets());
    return registry;
  }

  @Test
  void readsPercentilesToWithinABucket() {
    for (int micros = 1; micros <= 10_000; micros++) {
      calls(registry, "none").record(Duration.ofNanos(micros * 1000L));
    }

    CallTimes times = CallTimes.of(registry);

    assertThat(times.calls()).isEqualTo(10_000);
    assertThat(times.percentileMicros(0.5)).isCloseTo(5_000, Percentage.withPercentage(5));
    assertThat(times.percentileMicros(0.99)).isCloseTo(9_900, Percentage.withPercentage(5));
  }

  @Test
  void addsTheFiguresOfSeveralProcesses() {
    MeterRegistry other = registry(clock);
    for (int i = 0; i < 90; i++) {
      calls(registry, "none").record(Duration.ofMillis(1));
    }
    for (int i = 0; i < 10; i++) {
      calls(other, "none").record(Duration.ofMillis(100));
    }

    CallTimes sum = CallTimes.from(new JsonArray(CallTimes.of(registry).toJson().encode()))
        .plus(CallTimes.of(other));

    assertThat(sum.calls()).isEqualTo(100);
    assertThat(sum.percentileMicros(0.5)).isCloseTo(1_000, Percentage.withPercentage(10));
    assertThat(sum.percentileMicros(0.95)).isCloseTo(100_000, Percentage.withPercentage(10));
  }

  @Test
  void countsCallsThatTookTooLongForAnyBucketButNoneThatFailed() {
    calls(registry, "none").record(Duration.ofMillis(1));
    calls(registry, "none").record(Duration.ofMinutes(10));
    calls(registry, "timeout").record(Duration.ofMillis(1));

    CallTimes times = CallTimes.of(registry);

    assertThat(times.calls()).isEqualTo(2);
    assertThat(times.percentileMicros(0.99)).isEqualTo(100_000_000);
  }

  @Test
  void forgetsNothingDuringALongRun() {
    calls(registry, "none").record(Duration.ofMillis(1));
    clock.add(Duration.ofHours(5));
    calls(registry, "none").record(Duration.ofMillis(1));

    assertThat(CallTimes.of(registry).calls()).isEqualTo(2);
    assertThat(CallTimes.of(registry).percentileMicros(0.99)).isCloseTo(1_000, within(100L));
  }

  @Test
  void isZeroWithoutCalls() {
    CallTimes times = CallTimes.of(registry);

    assertThat(times).isEqualTo(CallTimes.none());
    assertThat(times.percentileMicros(0.5)).isZero();
  }

  private static Timer calls(MeterRegistry registry, String failure) {
    return Timer.builder(RpcMeter.CALLS.meterName()).tag("failure", failure)
        .publishPercentileHistogram().publishPercentiles(0.5).register(registry);
  }
}
