package dev.vertxrpc.wire;

import io.netty.util.Timeout;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** A timer of the wheel that is set and, as most are, cancelled. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class WheelBenchmark {
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final Runnable NOTHING = () -> { };

  private final WheelClock clock = new WheelClock();

  @TearDown
  public void stop() {
    clock.stop();
  }

  @Benchmark
  public boolean setAndCancel() {
    Timeout timeout = clock.schedule(LIMIT, NOTHING);
    return timeout.cancel();
  }
}
