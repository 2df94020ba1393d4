package dev.vertxrpc.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxrpc.Reducers;
import dev.vertxrpc.RpcFailure;
import dev.vertxrpc.runtime.Losses;
import dev.vertxrpc.runtime.RpcWorker;
import dev.vertxrpc.runtime.Threads;
import dev.vertxrpc.wire.SimulatedBus;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * A large result that w0, which leads, gives to w1 and w3, and w1 passes on to w2, when one of them dies or stands
 * still.
 */
class PassedOnOutcomesTest {
  private static final Duration LIMIT = Duration.ofMillis(500);
  private static final int[] LARGE = new int[20_000];

  private final Simulation simulation = new Simulation();
  private final List<RpcWorker> workers = simulation.group(4, new JsonObject().put("lane", "bus"));
  private final Set<RpcWorker> dead = new HashSet<>();
  private final List<Future<?>> rounds = new ArrayList<>();
  private final long began = simulation.clock().nanoTime();

  @AfterEach
  void close() {
    runUntil(() -> workers.stream().filter(worker -> !dead.contains(worker))
        .allMatch(worker -> worker.debugInfo().getInteger("rounds") == 0));
    List<Future<Void>> ends = new ArrayList<>();
    simulation.run(() -> {
      workers.forEach(worker -> ends.add(worker.close()));
      return false;
    });
    simulation.runUntil(() -> ends.stream().allMatch(Future::isComplete));
    assertThat(simulation.clock().alarms()).as("alarms left").isZero();
    simulation.close();
  }

  private void runUntil(BooleanSupplier condition) {
    simulation.runUntil(() -> {
      workers.forEach(Threads::awaitIdle);
      return condition.getAsBoolean();
    });
  }

  private void begin(Function<RpcWorker, Future<?>> part) {
    simulation.run(() -> {
      workers.forEach(worker -> rounds.add(part.apply(worker)));
      return false;
    });
  }

  /** Until the leader has its result, and all that it has sent is on its way. */
  private void gatherAtLeader() {
    begin(worker -> worker.rpc().collectives().withTimeout(LIMIT).of(int[].class).allGather(LARGE));
    runUntil(() -> rounds.get(0).isComplete());
  }

  private long incarnation(int rank) {
    return workers.get(rank).rpc().self().incarnation();
  }

  private void die(int rank) {
    simulation.run(() -> {
      dead.add(workers.get(rank));
      simulation.bus().cut(incarnation(rank));
      workers.stream().filter(worker -> !dead.contains(worker))
          .forEach(worker -> Losses.tell(worker, workers.get(rank).rpc().self()));
      return false;
    });
  }

  private void deliver(int from, int to) {
    String end = "." + Long.toHexString(incarnation(to));
    simulation.run(() -> {
      List<SimulatedBus.Hop> hops = simulation.bus().waiting().stream()
          .filter(hop -> hop.sender() == incarnation(from) && hop.address().endsWith(end)).toList();
      hops.forEach(simulation.bus()::deliver);
      return !hops.isEmpty();
    });
  }

  private Duration passed() {
    return Duration.ofNanos(simulation.clock().nanoTime() - began);
  }

  private static int sizeOf(Future<?> gathered) {
    return ((Map<?, ?>) gathered.result()).size();
  }

  @Test
  void itIsPassedOnByOneWhoGotIt() {
    gatherAtLeader();
    deliver(0, 1);

    assertThat(rounds.get(1).succeeded()).isTrue();
    assertThat(rounds.get(2).isComplete()).isFalse();
    deliver(1, 2);
    assertThat(sizeOf(rounds.get(2))).isEqualTo(4);
  }

  @Test
  void whoWaitedForOneThatDiesGetsItFromTheLeader() {
    gatherAtLeader();
    die(1);

    runUntil(() -> rounds.get(2).isComplete() && rounds.get(3).isComplete());

    assertThat(sizeOf(rounds.get(2))).isEqualTo(4);
    assertThat(sizeOf(rounds.get(3))).isEqualTo(4);
    assertThat(passed()).isLessThan(LIMIT);
  }

  @Test
  void whoWaitsForOneThatStandsStillGetsItFromTheLeaderInTheEnd() {
    gatherAtLeader();
    simulation.run(() -> {
      simulation.freeze(workers.get(1));
      return false;
    });

    runUntil(() -> rounds.get(2).isComplete());

    assertThat(sizeOf(rounds.get(2))).isEqualTo(4);
    simulation.run(() -> {
      simulation.thaw(workers.get(1));
      return false;
    });
    runUntil(() -> rounds.get(1).isComplete());
    assertThat(sizeOf(rounds.get(1))).isEqualTo(4);
  }

  @Test
  void whenTheLeaderDiesThoseWithoutItFailAndNameIt() {
    gatherAtLeader();
    deliver(0, 1);
    deliver(1, 2);
    die(0);

    runUntil(() -> rounds.get(3).isComplete());

    assertThat(sizeOf(rounds.get(1))).isEqualTo(4);
    assertThat(sizeOf(rounds.get(2))).isEqualTo(4);
    assertThat(RpcFailure.of(rounds.get(3).cause())).isEqualTo(RpcFailure.COLLECTIVE);
    assertThat(rounds.get(3).cause()).hasMessageContaining("w0 is gone");
  }

  @Test
  void whoDiesWhileValuesAreCombinedFailsTheRoundForAll() {
    begin(worker -> worker.rpc().collectives().of(int[].class).allReduce(LARGE, Reducers::sum));
    for (int rank = 1; rank < 4; rank++) {
      deliver(rank, 0);
    }
    // All have come, and are asked to combine; w1 would send what it has to w2.
    die(1);

    runUntil(() -> List.of(0, 2, 3).stream().allMatch(rank -> rounds.get(rank).isComplete()));

    assertThat(List.of(0, 2, 3)).allSatisfy(rank ->
        assertThat(rounds.get(rank).cause()).hasMessageContaining("w1 is gone"));
    assertThat(passed()).isLessThan(LIMIT);
  }
}
