package dev.vertxrpc.processes;

import static dev.vertxrpc.testing.TestGroup.failure;
import static dev.vertxrpc.testing.TestGroup.get;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxrpc.RpcFailure;
import dev.vertxrpc.lanes.LaneOps;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Processes that end or stand still with a stream between them. */
class StreamProcessTest {
  /** A heartbeat is said ten times in a lease; the rest is what a busy machine takes. */
  private static final Duration BOUND = Duration.ofMillis(ProcessPair.LEASE_MS + 2_000);
  private static final int CALLS = 100;

  // Or there would be no stream.
  private final ProcessPair pair = new ProcessPair("laneHost", "127.0.0.1");
  private final WorkerProcess peer = pair.peer;
  /** The driver's, since it was made on this thread. */
  private final Context loop = pair.vertx.getOrCreateContext();

  @BeforeEach
  void talk() {
    for (int i = 0; i < CALLS; i++) {
      get(onLoop(() -> pair.onPeer().call(LaneOps::hash, new long[1])));
    }
  }

  @AfterEach
  void close() {
    pair.close();
  }

  /** What the worker's own loop says goes in the stream. */
  private <T> Future<T> onLoop(Supplier<Future<T>> call) {
    Promise<T> done = Promise.promise();
    loop.runOnContext(now -> call.get().onComplete(done));
    return done.future();
  }

  @Test
  void losesAPeerThatIsFrozen() {
    peer.freeze();
    long start = System.nanoTime();

    Throwable lost = failure(onLoop(() -> pair.onPeer().call(LaneOps::hash, new long[1])));

    assertThat(RpcFailure.of(lost)).isEqualTo(RpcFailure.WORKER_LOST);
    assertThat(lost).hasMessageContaining("it has acknowledged nothing for ");
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(BOUND);
  }

  @Test
  void goesOnWithAPeerThatWasFrozenForLessThanALease() {
    peer.freeze();
    Future<Integer> asked = onLoop(() -> pair.onPeer().call(LaneOps::hash, new long[] {7}));
    get(pair.vertx.timer(ProcessPair.LEASE_MS / 2, TimeUnit.MILLISECONDS));
    peer.thaw();

    assertThat(get(asked)).isEqualTo(LaneOps.hash(new long[] {7}));
    for (int i = 0; i < CALLS; i++) {
      get(onLoop(() -> pair.onPeer().call(LaneOps::hash, new long[1])));
    }
  }

  @Test
  void losesAPeerThatIsKilled() {
    long start = System.nanoTime();
    peer.kill();

    Throwable lost = failure(onLoop(() -> pair.onPeer().call(LaneOps::hash, new long[1])));

    assertThat(RpcFailure.of(lost)).isEqualTo(RpcFailure.WORKER_LOST);
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(BOUND);
  }
}
