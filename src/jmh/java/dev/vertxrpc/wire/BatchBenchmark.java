package dev.vertxrpc.wire;

import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
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
import org.openjdk.jmh.infra.Blackhole;

/** So many small calls into one message of the bus, and out of it. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class BatchBenchmark {
  private static final long SENDER = 7;
  private static final int ARGUMENT_BYTES = 6;

  @Param({"1", "64", "512"})
  private int frames;
  private final BatchCodec codec = new BatchCodec();
  private final FunctionName function = new FunctionName(FunctionName.Kind.STATIC, "app.Echo", "number", "(I)I");
  private final Payload argument = Payload.of(Buffer.buffer(new byte[ARGUMENT_BYTES]));
  private final byte[] room = new byte[2 * Batch.FULL_BYTES];
  private Buffer encoded;

  @Setup
  public void prepare() {
    encoded = encode();
  }

  @Benchmark
  public Buffer encode() {
    Batch batch = Batch.from(SENDER, 1, 0, new FunctionNames(), room);
    for (int i = 1; i <= frames; i++) {
      batch.add(new Frame.Call(i, Optional.empty(), -1, function, Optional.empty(), Optional.empty(), Map.of(), "",
          List.of(), argument));
    }
    batch.settle();
    Buffer wire = Buffer.buffer();
    codec.encodeToWire(wire, batch);
    return wire;
  }

  @Benchmark
  public void decode(Blackhole hole) {
    codec.decodeFromWire(0, encoded).forEach(0, new Heard(new FunctionNames()), BulkSource.NONE,
        hole::consume, (reason, forks) -> {
          throw new IllegalStateException(reason);
        });
  }
}
