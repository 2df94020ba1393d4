package dev.vertxrpc.processes;

import static dev.vertxrpc.testing.TestGroup.failure;
import static dev.vertxrpc.testing.TestGroup.get;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxrpc.RpcException;
import dev.vertxrpc.RpcFailure;
import dev.vertxrpc.config.RpcConfig;
import dev.vertxrpc.lanes.LaneOps;
import dev.vertxrpc.runtime.RpcVertx;
import dev.vertxrpc.runtime.RpcWorker;
import dev.vertxrpc.testing.TestGroup;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A process that is stopped while the other end of its connection is full of what it was to receive. */
class FrozenReceiverTest {
  private static final int LEASE_MS = 2_000;
  private static final int BYTES = 100_000_000;
  /** It goes in chunks, so that little is being written at a time; and what a busy machine takes to encode it. */
  private static final Duration BOUND = Duration.ofMillis(LEASE_MS + 3_000);

  private final int port = TestGroup.freePort();

  @Test
  void losesAPeerThatIsFrozenInTheMiddleOfALargeArgument() {
    Vertx vertx = get(RpcVertx.start(RpcConfig.from(node(port))));
    RpcWorker driver = RpcWorker.create(vertx, RpcConfig.from(settings("driver")));
    get(driver.join());
    WorkerProcess receiver = WorkerProcess.start("receiver", node(0), settings("receiver"));
    get(receiver.joined());
    get(driver.rpc().on("receiver").call(LaneOps::hash, new long[1]));

    receiver.freeze();
    long start = System.nanoTime();
    Throwable lost = failure(driver.rpc().on("receiver").call(LaneOps::hash, new long[BYTES / Long.BYTES]));
    Duration took = Duration.ofNanos(System.nanoTime() - start);

    assertThat(lost).hasMessageContaining("it has acknowledged nothing for ");
    assertThat(RpcFailure.of(lost)).isEqualTo(RpcFailure.WORKER_LOST);
    assertThat(((RpcException) lost).mayHaveRun()).isTrue();
    assertThat(took).isLessThan(BOUND);
    receiver.kill();
    get(receiver.ended());
    get(driver.close());
    get(vertx.close());
  }

  private JsonObject node(int ownPort) {
    return new JsonObject().put("name", "any").put("cluster", new JsonObject().put("name", "test-" + port)
        .put("port", ownPort).put("members", new JsonArray().add("127.0.0.1:" + port))
        // So late that the cluster says nothing.
        .put("heartbeatTimeoutMs", 60_000));
  }

  private static JsonObject settings(String name) {
    return new JsonObject().put("name", name).put("leaseMs", LEASE_MS).put("lane", "bus").put("callTimeoutMs", 0);
  }
}
