package dev.vertxrpc.runtime;

import dev.vertxrpc.NonBlocking;
import dev.vertxrpc.Remote;
import dev.vertxrpc.RemoteWorker;
import dev.vertxrpc.Rpc;
import dev.vertxrpc.config.RpcConfig;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Whole calls between two workers of one Vert.x instance, 512 at a time: what both sides do and allocate, with no bus
 * between them.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class CallBenchmark {
  private static final int AT_ONCE = 512;

  private Vertx vertx;
  private RpcWorker caller;
  private RpcWorker callee;
  private RemoteWorker there;

  /** What is called. */
  @Remote
  public static final class Echo {
    private Echo() {}

    @NonBlocking
    public static int number(int given) {
      return given;
    }
  }

  @Setup
  public void start() throws InterruptedException {
    vertx = Vertx.vertx();
    caller = worker("caller");
    callee = worker("callee");
    Rpc.await(caller.join());
    Rpc.await(callee.join());
    there = caller.rpc().on("callee");
  }

  private RpcWorker worker(String name) {
    return RpcWorker.create(vertx, RpcConfig.from(new JsonObject().put("name", name)));
  }

  @TearDown
  public void stop() throws InterruptedException {
    Rpc.await(vertx.close());
  }

  @Benchmark
  @OperationsPerInvocation(AT_ONCE)
  public Object window() throws InterruptedException {
    Promise<Object> all = Promise.promise();
    // All from one turn of a loop, as a verticle would.
    vertx.runOnContext(turn -> {
      int[] left = {AT_ONCE};
      for (int i = 0; i < AT_ONCE; i++) {
        Future<Integer> echo = there.call(Echo::number, i);
        echo.onComplete(done -> {
          if (--left[0] == 0) {
            all.complete(done.result());
          }
        });
      }
    });
    return Rpc.await(all.future());
  }
}
