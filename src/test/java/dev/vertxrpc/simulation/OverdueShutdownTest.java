package dev.vertxrpc.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxrpc.runtime.Losses;
import dev.vertxrpc.runtime.RpcWorker;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The shutdown of one worker of a dynamic group whose others fall silent, and are lost one after the other. */
class OverdueShutdownTest {
  private static final int SIZE = 8;
  private static final Duration LIMIT = Duration.ofMillis(100);
  /** Just before a round that is over stops waiting for what its leader has to say of it. */
  private static final Duration BETWEEN_LOSSES = Duration.ofMillis(1_900);
  /** One such wait, and the last steps of a worker. */
  private static final Duration LAST_STEPS = Duration.ofSeconds(2 + 5);

  private final Simulation simulation = new Simulation();
  private final List<RpcWorker> workers = simulation.dynamicGroup(SIZE, new JsonObject().put("leaseMs", 60_000));

  private void close() {
    List<Future<Void>> ends = new ArrayList<>();
    simulation.run(() -> {
      workers.subList(0, SIZE - 1).forEach(worker -> {
        simulation.thaw(worker);
        ends.add(worker.close());
      });
      return false;
    });
    simulation.runUntil(() -> ends.stream().allMatch(Future::isComplete));
    assertThat(simulation.clock().alarms()).as("alarms left").isZero();
    simulation.close();
  }

  @Test
  void beginsNoRoundAgainWhenItsTimeIsOver() {
    RpcWorker last = workers.get(SIZE - 1);
    List<RpcWorker> silent = new ArrayList<>(workers.subList(0, SIZE - 1));
    List<Future<Void>> end = new ArrayList<>();
    long began = simulation.clock().nanoTime();
    simulation.run(() -> {
      silent.forEach(simulation::freeze);
      end.add(last.shutdown(LIMIT));
      return false;
    });

    long[] lostLast = {began};
    simulation.runUntil(() -> {
      if (!silent.isEmpty() && simulation.clock().nanoTime() - lostLast[0] >= BETWEEN_LOSSES.toNanos()) {
        lostLast[0] = simulation.clock().nanoTime();
        Losses.tell(last, silent.remove(0).rpc().self());
      }
      return end.get(0).isComplete();
    });

    assertThat(Duration.ofNanos(simulation.clock().nanoTime() - began)).isLessThan(LIMIT.plus(LAST_STEPS));
    assertThat(end.get(0).cause()).hasMessageContaining("failed in phase meet");
    close();
  }
}
