package dev.vertxrpc.cluster;

import static dev.vertxrpc.testing.TestGroup.get;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.vertxrpc.Rpc;
import dev.vertxrpc.testing.TestGroup;
import io.vertx.core.Future;
import java.lang.management.ManagementFactory;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** A small call leaves little garbage: a guard against a slip, at both sides together and without the sockets. */
class AllocationTest {
  private static final int BURST = 512;
  private static final int WARM_UP = 60;
  private static final int MEASURED = 20;
  private static final long MOST_BYTES_PER_CALL = 3_000;

  private static long allocated() {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    return LongStream.of(threads.getThreadAllocatedBytes(threads.getAllThreadIds())).filter(bytes -> bytes > 0).sum();
  }

  private static void burst(Rpc rpc) {
    get(Future.all(IntStream.range(0, BURST).mapToObj(i -> rpc.on("w1").call(Functions::same, i)).toList()));
  }

  @Test
  void aSmallCallAllocatesAFewKilobytes() {
    try (TestGroup group = TestGroup.local(2)) {
      Rpc rpc = group.rpc(0);
      IntStream.range(0, WARM_UP).forEach(i -> burst(rpc));

      long before = allocated();
      IntStream.range(0, MEASURED).forEach(i -> burst(rpc));
      long perCall = (allocated() - before) / (BURST * MEASURED);

      System.out.println("a small call allocates " + perCall + " bytes, both sides together");
      assertThat(perCall).isLessThan(MOST_BYTES_PER_CALL);
    }
  }
}
