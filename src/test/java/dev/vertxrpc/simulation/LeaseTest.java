package dev.vertxrpc.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxrpc.RRef;
import dev.vertxrpc.Rpc;
import dev.vertxrpc.RpcFailure;
import dev.vertxrpc.runtime.RpcWorker;
import dev.vertxrpc.wire.SimulatedBus;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A peer that falls silent is lost when its lease is over, if there is business with it, and no other. */
class LeaseTest {
  private static final Duration LEASE = Duration.ofMillis(1_000);
  /** A heartbeat's interval, and what the steps of the clock are. */
  private static final Duration MORE = Duration.ofMillis(130);

  private final Simulation simulation = new Simulation();
  /** w1 is in no hurry: it stands for one that cannot notice anything, because it is frozen or dead. */
  private final List<RpcWorker> workers = simulation.group(3, rank -> new JsonObject()
      .put("leaseMs", rank == 1 ? 3_600_000 : LEASE.toMillis()).put("callTimeoutMs", 0)
      .put("blockedLoopMs", 3_600_000));
  private final Rpc rpc = workers.get(0).rpc();

  @AfterEach
  void close() {
    List<Future<Void>> ends = new ArrayList<>();
    step(() -> workers.forEach(worker -> ends.add(worker.close())));
    simulation.runUntil(() -> ends.stream().allMatch(Future::isComplete));
    assertThat(simulation.clock().alarms()).as("alarms left").isZero();
    Actions.reset();
    simulation.close();
  }

  private void step(Runnable work) {
    simulation.run(() -> {
      work.run();
      return false;
    });
  }

  private <T> T on(Supplier<T> work) {
    List<T> done = new ArrayList<>();
    step(() -> done.add(work.get()));
    return done.get(0);
  }

  /** Lets time pass in small steps, all that comes of each being delivered. */
  private void pass(Duration time) {
    for (Duration left = time; left.toMillis() > 0; left = left.minusMillis(10)) {
      step(() -> simulation.clock().advance(Duration.ofMillis(10)));
      simulation.run(simulation::deliverAny);
    }
  }

  private void cut(int rank) {
    step(() -> simulation.bus().cut(workers.get(rank).rpc().self().incarnation()));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 30, 70, 990, 4_440})
  void aCallIsNotWaitedForLongerThanTheLease(int millisBefore) {
    Future<Integer> pending = on(() -> rpc.on("w1").call(Actions::pend, 1));
    Future<Integer> other = on(() -> rpc.on("w2").call(Actions::pend, 2));
    pass(Duration.ofMillis(100 + millisBefore));
    cut(1);

    pass(LEASE.minusMillis(110));
    assertThat(pending.isComplete()).as("lost before its lease is over").isFalse();
    pass(MORE.plusMillis(110));

    assertThat(RpcFailure.of(pending.cause())).isEqualTo(RpcFailure.WORKER_LOST);
    assertThat(rpc.group().worker("w1")).isEmpty();
    step(() -> Actions.PROMISED.get(2).complete(3));
    simulation.runUntil(other::isComplete);
    assertThat(other.result()).as("what another worker has promised").isEqualTo(3);
  }

  @Test
  void theCalleeNoticesItsCaller() {
    on(() -> workers.get(1).rpc().on("w2").call(Actions::pend, 1));
    pass(Duration.ofMillis(100));
    cut(1);

    pass(LEASE.plus(MORE));

    assertThat(Actions.PENDING.get(1).isCancelled()).isTrue();
  }

  @Test
  void whatIsMadeForASilentWorkerThatHasClosedItsHandleIsGivenUp() {
    RRef<Integer> made = on(() -> workers.get(1).rpc().on("w2").remote(Actions::pend, 1));
    simulation.runUntil(() -> made.confirmed().isComplete());
    step(made::close);
    simulation.runUntil(() -> workers.get(2).debugInfo().getInteger("owners") == 0);
    assertThat(Actions.PENDING.get(1).isCancelled()).as("while its creator lives").isFalse();

    cut(1);
    pass(LEASE.plus(MORE));

    assertThat(Actions.PENDING.get(1).isCancelled()).isTrue();
  }

  @Test
  void whatASilentHolderHeldIsFreed() {
    RRef<Integer> held = on(() -> workers.get(1).rpc().on("w0").remote(Actions::echo, 1));
    simulation.runUntil(() -> held.confirmed().isComplete());
    pass(Duration.ofSeconds(10));
    assertThat(workers.get(0).debugInfo().getInteger("owners")).as("while its holder lives").isEqualTo(1);

    cut(1);
    pass(LEASE.plus(MORE).plus(LEASE).plusSeconds(7));

    assertThat(workers.get(0).debugInfo().getInteger("owners")).isZero();
  }

  @Test
  void ofTwoThatDoNotHearEachOtherOneStays() {
    on(() -> rpc.on("w2").call(Actions::pend, 1));
    pass(Duration.ofMillis(100));

    cut(2);
    pass(LEASE.plus(MORE).plusSeconds(6));

    List<RpcWorker> ended = Stream.of(workers.get(0), workers.get(2)).filter(w -> w.ended().isComplete()).toList();
    assertThat(ended).as("who was taken for lost, and knows it").hasSize(1);
    assertThat(workers.get(1).rpc().group().workers()).hasSize(2)
        .doesNotContain(ended.get(0).rpc().self());
  }

  @Test
  void aValueThatASilentWorkerWasToHaveMadeIsNotWaitedFor() {
    List<Future<Integer>> fetched = new ArrayList<>();
    step(() -> {
      RRef<Integer> ref = workers.get(1).rpc().on("w0").remote(Actions::echo, 1);
      fetched.add(workers.get(1).rpc().on("w2").call(Actions::fetchThere, ref));
    });
    long w1 = workers.get(1).rpc().self().incarnation();
    String w2 = "." + Long.toHexString(workers.get(2).rpc().self().incarnation());
    simulation.run(() -> {
      Optional<SimulatedBus.Hop> hop = simulation.bus().waiting().stream()
          .filter(each -> each.sender() == w1 && each.address().endsWith(w2)).findFirst();
      hop.ifPresent(simulation.bus()::deliver);
      return hop.isPresent();
    });
    cut(1);
    simulation.run(simulation::deliverAny);
    assertThat(workers.get(0).debugInfo().getInteger("pendingOwners")).as("what waits to be made").isEqualTo(1);

    pass(LEASE.plus(MORE));

    assertThat(workers.get(0).debugInfo().getInteger("pendingOwners")).isZero();
    assertThat(rpc.group().worker("w1")).isEmpty();
  }

  @Test
  void aRoundDoesNotWaitLongerForASilentParticipant() {
    Future<Void> met = on(() -> rpc.collectives().barrier());
    cut(1);

    pass(LEASE.plus(MORE));

    assertThat(RpcFailure.of(met.cause())).isEqualTo(RpcFailure.COLLECTIVE);
    assertThat(met.cause()).hasMessageContaining("w1 is gone");
  }

  @Test
  void aRoundDoesNotWaitLongerForASilentLeader() {
    Future<Void> met = on(() -> workers.get(2).rpc().collectives().among("w1", "w2").barrier());
    pass(Duration.ofMillis(100));
    cut(1);

    pass(LEASE.plus(MORE));

    assertThat(met.cause()).hasMessageContaining("w1 is gone");
  }

  @Test
  void nothingIsSaidToAPeerWithoutBusiness() {
    Future<Integer> done = on(() -> rpc.on("w1").call(Actions::echo, 1));
    simulation.runUntil(done::isComplete);
    pass(Duration.ofMillis(100));

    cut(1);
    pass(Duration.ofMinutes(1));

    assertThat(rpc.group().worker("w1")).as("with which nobody had business").isPresent();
  }
}
