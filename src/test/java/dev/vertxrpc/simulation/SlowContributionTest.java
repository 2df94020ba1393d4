package dev.vertxrpc.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxrpc.RpcFailure;
import dev.vertxrpc.runtime.RpcWorker;
import dev.vertxrpc.wire.FrameType;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A round to which one participant's value is longer on its way than the round may take. */
class SlowContributionTest {
  private final Simulation simulation = new Simulation();
  private List<RpcWorker> workers = List.of();

  @AfterEach
  void close() {
    List<Future<Void>> ends = new ArrayList<>();
    simulation.run(() -> {
      workers.forEach(worker -> ends.add(worker.close()));
      return false;
    });
    simulation.runUntil(() -> ends.stream().allMatch(Future::isComplete));
    simulation.close();
  }

  @Test
  @Tag("T030")
  void everyoneIsToldThatItTookTooLongAndTheLeaderWhoWasMissing() {
    JsonObject slow = new JsonObject().put("faults", new JsonArray().add(new JsonObject()
        .put("frame", FrameType.CONTRIBUTION.name()).put("action", "delay").put("delayMs", 3_000)));
    workers = simulation.group(3, rank -> new JsonObject().put("collectiveTimeoutMs", 100)
        .mergeIn(rank == 2 ? slow : new JsonObject()));
    long began = simulation.clock().nanoTime();
    List<Future<Map<String, Integer>>> rounds = new ArrayList<>();
    simulation.run(() -> {
      workers.forEach(worker -> rounds.add(worker.rpc().collectives().of(Integer.class).allGather(1)));
      return false;
    });

    simulation.runUntil(() -> rounds.stream().allMatch(Future::isComplete));

    assertThat(rounds).allMatch(each -> RpcFailure.of(each.cause()) == RpcFailure.COLLECTIVE);
    assertThat(rounds.get(0).cause()).hasMessageContaining("no contribution from [w2] within 100 ms");
    assertThat(rounds.get(1).cause()).hasMessageContaining("no contribution from [w2] within 100 ms");
    assertThat(rounds.get(2).cause()).hasMessageContaining("its leader w0 said nothing within 100 ms");
    assertThat(Duration.ofNanos(simulation.clock().nanoTime() - began)).isLessThan(Duration.ofMillis(2_500));
  }
}
