package dev.vertxrpc.processes;

import static dev.vertxrpc.testing.TestGroup.failure;
import static dev.vertxrpc.testing.TestGroup.get;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxrpc.RpcFailure;
import dev.vertxrpc.config.RpcConfig;
import dev.vertxrpc.lanes.LaneOps;
import dev.vertxrpc.runtime.RpcVertx;
import dev.vertxrpc.runtime.RpcWorker;
import dev.vertxrpc.testing.TestGroup;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Processes that end or stand still with a stream between them. */
class StreamProcessTest {
  private static final int LEASE_MS = 2_000;
  /** A heartbeat is said ten times in a lease; the rest is what a busy machine takes. */
  private static final Duration BOUND = Duration.ofMillis(LEASE_MS + 2_000);
  private static final int CALLS = 100;

  private final int port = TestGroup.freePort();
  private final Vertx vertx = get(RpcVertx.start(RpcConfig.from(node(port))));
  /** The worker's, since it is made on this thread. */
  private final Context loop = vertx.getOrCreateContext();
  private final RpcWorker driver = RpcWorker.create(vertx, RpcConfig.from(settings("driver")));
  private final WorkerProcess peer = WorkerProcess.start("peer", node(0), settings("peer"));

  @BeforeEach
  void talk() {
    get(driver.join());
    get(peer.joined());
    for (int i = 0; i < CALLS; i++) {
      get(onLoop(() -> driver.rpc().on("peer").call(LaneOps::hash, new long[1])));
    }
  }

  @AfterEach
  void close() {
    peer.kill();
    get(peer.ended());
    get(driver.close());
    get(vertx.close());
  }

  private JsonObject node(int ownPort) {
    return new JsonObject().put("name", "any").put("cluster", new JsonObject().put("name", "test-" + port)
        .put("port", ownPort).put("members", new JsonArray().add("127.0.0.1:" + port))
        // So late that the cluster says nothing of who is frozen.
        .put("heartbeatTimeoutMs", 60_000));
  }

  private static JsonObject settings(String name) {
    return new JsonObject().put("name", name).put("leaseMs", LEASE_MS).put("callTimeoutMs", 0)
        .put("laneHost", "127.0.0.1");
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

    Throwable lost = failure(onLoop(() -> driver.rpc().on("peer").call(LaneOps::hash, new long[1])));

    assertThat(RpcFailure.of(lost)).isEqualTo(RpcFailure.WORKER_LOST);
    assertThat(lost).hasMessageContaining("it has acknowledged nothing for ");
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(BOUND);
  }

  @Test
  void goesOnWithAPeerThatWasFrozenForLessThanALease() {
    peer.freeze();
    Future<Integer> asked = onLoop(() -> driver.rpc().on("peer").call(LaneOps::hash, new long[] {7}));
    get(vertx.timer(LEASE_MS / 2, TimeUnit.MILLISECONDS));
    peer.thaw();

    assertThat(get(asked)).isEqualTo(LaneOps.hash(new long[] {7}));
    for (int i = 0; i < CALLS; i++) {
      get(onLoop(() -> driver.rpc().on("peer").call(LaneOps::hash, new long[1])));
    }
  }

  @Test
  void losesAPeerThatIsKilled() {
    long start = System.nanoTime();
    peer.kill();

    Throwable lost = failure(onLoop(() -> driver.rpc().on("peer").call(LaneOps::hash, new long[1])));

    assertThat(RpcFailure.of(lost)).isEqualTo(RpcFailure.WORKER_LOST);
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(BOUND);
  }
}
