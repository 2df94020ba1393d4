package dev.vertxrpc.function;

import dev.vertxrpc.Fn2;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** From a method reference to the function that it names: at a call site that was seen before, and by reflection. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class ResolutionBenchmark {
  private final Fn2<Integer, Integer, Integer> reference = Math::addExact;
  private final Class<?> receiver = String.class;

  @Benchmark
  public MethodReference seenBefore() {
    return MethodReferences.of(reference);
  }

  @Benchmark
  public MethodReference byReflection() throws NoSuchMethodException {
    return MethodReferences.of(receiver, String.class.getMethod("concat", String.class));
  }
}
