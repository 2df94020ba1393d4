package dev.vertxrpc.runtime;

import static dev.vertxrpc.testing.TestGroup.get;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxrpc.GroupChange;
import dev.vertxrpc.config.RpcConfig;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What others have said is heard before they are known to be gone, whoever else has heard that they are. */
class NewsInOrderTest {
  private static final long LIMIT_SECONDS = 30;

  /** Enough loops for each worker to have one of its own, so that one can be kept. */
  private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(16));
  private final CountDownLatch kept = new CountDownLatch(1);
  private final CountDownLatch free = new CountDownLatch(1);

  @AfterEach
  void close() {
    free.countDown();
    get(vertx.close());
  }

  @Test
  void takesAnOutcomeWhoseSenderHasLeftMeanwhile() throws InterruptedException {
    List<RpcWorker> workers = Stream.of("w0", "w1", "w2").map(this::join).toList();
    RpcWorker leader = workers.get(0);
    RpcWorker busy = workers.get(1);
    busy.rpc().groupHandler(change -> keepLoop(change, workers.get(2)));
    Future<Void> met = busy.rpc().collectives().among("w0", "w1").barrier();
    get(workers.get(2).leave());
    assertThat(kept.await(LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();

    // When it is free it first looks who is there, since somebody has greeted it.
    CountDownLatch greeted = new CountDownLatch(1);
    leader.rpc().groupHandler(change -> greeted.countDown());
    Future<RpcWorker> late = begin("late");
    assertThat(greeted.await(LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
    get(leader.rpc().collectives().among("w0", "w1").barrier());
    get(leader.leave());
    free.countDown();

    assertThat(met).satisfies(round -> get(round));
    assertThat(busy.debugInfo().getMap()).containsEntry("rounds", 0);
    get(get(late).leave());
    get(busy.leave());
  }

  @Test
  void takesAnOutcomeThatIsOnItsWayWhileOthersHaveHeardItsSenderLeave() throws InterruptedException {
    JsonObject late = new JsonObject().put("frame", "OUTCOME").put("peer", "w1").put("action", "delay")
        .put("count", 1).put("delayMs", 300);
    RpcWorker leader = get(begin(new JsonObject().put("name", "w0").put("faults", new JsonArray().add(late))));
    RpcWorker waiting = join("w1");
    RpcWorker witness = join("w2");
    Promise<Void> gone = Promise.promise();
    witness.rpc().groupHandler(change -> witness.leave().onComplete(gone));
    Future<Void> met = waiting.rpc().collectives().among("w0", "w1").barrier();
    get(leader.rpc().collectives().among("w0", "w1").barrier());

    get(leader.leave());

    get(gone.future());
    assertThat(met).satisfies(round -> get(round));
    get(waiting.leave());
  }

  private RpcWorker join(String name) {
    return get(begin(name));
  }

  private Future<RpcWorker> begin(String name) {
    return begin(new JsonObject().put("name", name));
  }

  private Future<RpcWorker> begin(JsonObject config) {
    Promise<RpcWorker> joined = Promise.promise();
    ((VertxInternal) vertx).createEventLoopContext().runOnContext(now -> {
      RpcWorker worker = RpcWorker.create(vertx, RpcConfig.from(config));
      worker.join().map(worker).onComplete(joined);
    });
    return joined.future();
  }

  private void keepLoop(GroupChange change, RpcWorker leaver) {
    if (change.worker().equals(leaver.rpc().self())) {
      kept.countDown();
      try {
        free.await(LIMIT_SECONDS, TimeUnit.SECONDS);
      } catch (InterruptedException ended) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
