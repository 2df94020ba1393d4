package dev.vertxrpc.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxrpc.Rpc;
import dev.vertxrpc.runtime.RpcWorker;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is said in one turn travels together, both ways. */
class CoalescingTest {
  private static final int CALLS = 1_000;
  /** Of 20 kB there, 16 kB back, and acknowledgements. */
  private static final int MOST_MESSAGES = 4;

  @Test
  void aThousandCallsOfOneTurnTakeAFewMessages() {
    try (Simulation simulation = new Simulation()) {
      List<RpcWorker> workers = simulation.group(2, new JsonObject());
      Rpc rpc = workers.get(0).rpc();
      List<Future<Integer>> calls = new ArrayList<>();
      simulation.run(() -> {
        for (int i = 0; i < CALLS; i++) {
          calls.add(rpc.on("w1").call(Actions::echo, i));
        }
        return false;
      });
      int[] messages = {0};
      simulation.run(() -> {
        boolean delivered = simulation.deliverAny();
        messages[0] += delivered ? 1 : 0;
        return delivered;
      });

      assertThat(calls).allMatch(Future::succeeded);
      assertThat(messages[0]).as("messages on the bus").isBetween(2, MOST_MESSAGES);
      Actions.reset();
      List<Future<Void>> ends = new ArrayList<>();
      simulation.run(() -> {
        workers.forEach(worker -> ends.add(worker.close()));
        return false;
      });
      simulation.runUntil(() -> ends.stream().allMatch(Future::isComplete));
    }
  }
}
