package dev.vertxrpc.ref;

import static dev.vertxrpc.testing.TestGroup.get;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxrpc.RRef;
import dev.vertxrpc.RpcListener;
import dev.vertxrpc.cluster.Counter;
import dev.vertxrpc.runtime.RpcWorker;
import dev.vertxrpc.testing.TestGroup;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What a listener is told of kept values. */
class ListenerOfReferencesTest {
  private final List<String> told = new CopyOnWriteArrayList<>();

  /** Asks another thread for the figures, which has to wait for whoever tells while that holds a lock. */
  private final class Asking implements RpcListener {
    private final RpcWorker worker;

    private Asking(RpcWorker worker) {
      this.worker = worker;
    }

    private void ask(String what) {
      told.add(what + CompletableFuture.supplyAsync(worker::debugInfo).orTimeout(5, TimeUnit.SECONDS)
          .handle((figures, late) -> late == null ? "" : " under a lock").join());
    }

    @Override
    public void refKept() {
      ask("kept");
    }

    @Override
    public void refFreed() {
      ask("freed");
    }
  }

  @Test
  void isToldUnderNoLock() {
    try (TestGroup group = TestGroup.local(2, new JsonObject(), (worker, rank) -> {
      if (rank == 1) {
        worker.listener(new Asking(worker));
      }
    })) {
      RRef<Counter> counter = group.rpc(0).on("w1").create(Counter::new, 1);
      get(counter.confirmed());
      counter.close();
      RRef<Counter> own = group.rpc(1).own(new Counter(2));
      own.close();

      group.eventually("both are freed", () -> told.size() == 4);
      assertThat(told).containsExactlyInAnyOrder("kept", "freed", "kept", "freed");
    }
  }
}
