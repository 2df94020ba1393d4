package dev.vertxrpc.codec;

import java.lang.reflect.Type;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** One value into a body, and out of it, by its type. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class CodecBenchmark {
  private static final int ELEMENTS = 1_000;

  /** A value that is a document. */
  public record Order(long id, String customer, List<Line> lines, Map<String, String> notes) {}

  /** A part of one. */
  public record Line(String article, int count, double price) {}

  @Param({"INT", "TEXT", "INTS", "FLOATS_1MIB", "ORDER"})
  private Kind kind;
  private final ValueCodec codec = new ValueCodec(new CodecLimits(64 * 1024, 1 << 28, 100, 100_000));
  private ValueCodec.Encoded encoded;

  /** What is encoded. */
  public enum Kind {
    INT(int.class, 42),
    TEXT(String.class, "a name of usual length"),
    INTS(int[].class, IntStream.range(0, ELEMENTS).toArray()),
    FLOATS_1MIB(float[].class, new float[1 << 18]),
    ORDER(Order.class, new Order(7, "somebody", List.of(new Line("bolt", 100, 0.25), new Line("nut", 90, 0.125)),
        Map.of("gate", "north", "urgent", "no")));

    private final Type type;
    private final Object value;

    Kind(Type type, Object value) {
      this.type = type;
      this.value = value;
    }
  }

  @Setup
  public void prepare() {
    encoded = encode();
  }

  @Benchmark
  public ValueCodec.Encoded encode() {
    return codec.encode("value", kind.type, kind.value);
  }

  @Benchmark
  public Object decode() {
    return codec.decode("value", encoded.body(), encoded.bulk(), kind.type, (index, type) -> null);
  }
}
