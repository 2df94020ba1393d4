package dev.vertxrpc.app;

import static dev.vertxrpc.testing.TestGroup.get;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxrpc.RemoteWorker;
import dev.vertxrpc.RpcFailure;
import dev.vertxrpc.config.RpcConfig;
import dev.vertxrpc.lanes.LaneOps;
import dev.vertxrpc.runtime.RpcWorker;
import dev.vertxrpc.testing.TestGroup;
import io.vertx.core.AsyncResult;
import io.vertx.core.Promise;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A worker that is terminated by a signal in the middle of the calls that it serves. */
@Timeout(120)
class TerminationUnderLoadTest {
  private static final int AT_ONCE = 64;
  private static final int ANSWERED_BEFORE = 2_000;

  private final int port = TestGroup.freePort();
  private final Set<RpcFailure> failures = ConcurrentHashMap.newKeySet();
  private final AtomicInteger answered = new AtomicInteger();
  private final AtomicInteger open = new AtomicInteger();
  private final Promise<Void> warm = Promise.promise();
  private final Promise<Void> over = Promise.promise();
  @TempDir
  private Path folder;

  @Test
  void leavesAndNothingIsLostOrHangs() throws Exception {
    RpcWorker caller = RpcWorker.create(RpcConfig.from(config("caller", port)));
    get(caller.join());
    Path config = Files.writeString(folder.resolve("leaver.json"), config("leaver", 0).encode());
    try (Launched leaver = Launched.start("worker", "--config", config.toString())) {
      leaver.awaitLine("has joined");
      RemoteWorker there = caller.rpc().on("leaver");
      open.set(AT_ONCE);
      for (int i = 0; i < AT_ONCE; i++) {
        callOnAndOn(there, i);
      }
      get(warm.future());

      leaver.process().destroy();

      // Not by their timeouts: they have none.
      get(over.future());
      assertThat(leaver.exitStatus()).isEqualTo(143);
    }
    assertThat(failures).isNotEmpty().isSubsetOf(EnumSet.of(RpcFailure.WORKER_LEFT, RpcFailure.NO_SUCH_WORKER));
    assertThat(caller.rpc().group().workers()).hasSize(1);
    assertThat(caller.debugInfo().getInteger("pendingCalls")).isZero();
    get(caller.shutdown());
  }

  private void callOnAndOn(RemoteWorker there, int number) {
    there.call(LaneOps::hash, new long[] {number}).onComplete(done -> ended(done, there, number));
  }

  private void ended(AsyncResult<Integer> done, RemoteWorker there, int number) {
    if (done.succeeded()) {
      if (answered.incrementAndGet() == ANSWERED_BEFORE) {
        warm.complete();
      }
      callOnAndOn(there, number);
    } else {
      failures.add(RpcFailure.of(done.cause()));
      if (open.decrementAndGet() == 0) {
        over.complete();
      }
    }
  }

  private JsonObject config(String name, int ownPort) {
    return new JsonObject().put("name", name).put("group", "g").put("callTimeoutMs", 0)
        .put("cluster", new JsonObject().put("name", "leave-" + port).put("port", ownPort)
            .put("members", new JsonArray().add("127.0.0.1:" + port)));
  }
}
