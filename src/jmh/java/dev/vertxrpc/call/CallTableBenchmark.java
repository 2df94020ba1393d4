package dev.vertxrpc.call;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** One call that comes and one that goes, in a table of so many under way. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class CallTableBenchmark {
  @Param({"1", "512", "100000"})
  private int underWay;
  private CallTable<Object> table;
  private final Object value = new Object();
  private long next;

  @Setup(Level.Iteration)
  public void fill() {
    table = new CallTable<>();
    next = 0;
    while (next < underWay) {
      table.put(next++, value);
    }
  }

  @Benchmark
  public Object putAndRemove() {
    table.put(next, value);
    return table.remove(next++ - underWay);
  }
}
