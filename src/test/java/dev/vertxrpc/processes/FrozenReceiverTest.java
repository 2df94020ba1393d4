package dev.vertxrpc.processes;

import static dev.vertxrpc.testing.TestGroup.failure;
import static dev.vertxrpc.testing.TestGroup.get;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxrpc.RpcException;
import dev.vertxrpc.RpcFailure;
import dev.vertxrpc.lanes.LaneOps;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A process that is stopped while the other end of its connection is full of what it was to receive. */
class FrozenReceiverTest {
  private static final int BYTES = 100_000_000;
  /** It goes in chunks, so that little is being written at a time; and what a busy machine takes to encode it. */
  private static final Duration BOUND = Duration.ofMillis(ProcessPair.LEASE_MS + 3_000);

  private final ProcessPair pair = new ProcessPair("lane", "bus");

  @AfterEach
  void close() {
    pair.close();
  }

  @Test
  void losesAPeerThatIsFrozenInTheMiddleOfALargeArgument() {
    get(pair.onPeer().call(LaneOps::hash, new long[1]));

    pair.peer.freeze();
    long start = System.nanoTime();
    Throwable lost = failure(pair.onPeer().call(LaneOps::hash, new long[BYTES / Long.BYTES]));
    Duration took = Duration.ofNanos(System.nanoTime() - start);

    assertThat(lost).hasMessageContaining("it has acknowledged nothing for ");
    assertThat(RpcFailure.of(lost)).isEqualTo(RpcFailure.WORKER_LOST);
    assertThat(((RpcException) lost).mayHaveRun()).isTrue();
    assertThat(took).isLessThan(BOUND);
  }
}
