package dev.vertxrpc.simulation;

import static dev.vertxrpc.simulation.FaultsTest.fault;
import static dev.vertxrpc.simulation.FaultsTest.faults;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxrpc.RRef;
import dev.vertxrpc.Rpc;
import dev.vertxrpc.RpcFailure;
import dev.vertxrpc.config.FaultConfig;
import dev.vertxrpc.config.RpcConfig;
import dev.vertxrpc.runtime.RpcWorker;
import dev.vertxrpc.wire.FrameType;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Calls whose result is to be kept, and whose frames are lost or late: the value is made, or whoever asks is told. */
class LostCreationsTest {
  private final Simulation simulation = new Simulation();
  private List<RpcWorker> workers = List.of();

  @AfterEach
  void close() {
    List<Future<Void>> ends = new ArrayList<>();
    on(() -> workers.stream().map(RpcWorker::close).forEach(ends::add));
    simulation.runUntil(() -> ends.stream().allMatch(Future::isComplete));
    simulation.close();
  }

  private void on(Runnable work) {
    simulation.run(() -> {
      work.run();
      return false;
    });
  }

  private <T> T made(Supplier<T> work) {
    List<T> made = new ArrayList<>();
    on(() -> made.add(work.get()));
    return made.get(0);
  }

  private <T> Future<T> ended(Supplier<Future<T>> call) {
    Future<T> future = made(call);
    simulation.runUntil(future::isComplete);
    return future;
  }

  private static void assertFailed(Future<?> future, RpcFailure failure) {
    assertThat(RpcFailure.of(future.cause())).as("%s", future).isEqualTo(failure);
  }

  private void assertNothingIsKept() {
    simulation.runUntil(() -> workers.stream().filter(worker -> !worker.ended().isComplete())
        .map(RpcWorker::debugInfo).allMatch(figures -> figures.fieldNames().stream()
            .allMatch(name -> figures.getInteger(name) == 0)));
  }

  private Rpc start(JsonObject faultsOfTheFirst) {
    workers = simulation.group(3, rank -> rank == 0 ? faultsOfTheFirst : new JsonObject());
    return workers.get(0).rpc();
  }

  @Test
  @Tag("T194")
  void aFaultHappensToEveryFrameOfItsTypeOnceUnlessItSaysOtherwise() {
    RpcConfig config = RpcConfig.from(faults(fault(FrameType.CALL, "drop")).put("name", "w"));

    assertThat(config.faults()).containsExactly(
        new FaultConfig("CALL", Optional.empty(), "drop", Integer.MAX_VALUE, 1, 100));
    assertThat(config.callTimeoutMs()).isEqualTo(60_000);
  }

  @Test
  @Tag("T195")
  @Tag("T196")
  void onlyFramesOfTheTypesThatAreNamedAreHit() {
    assertThat(RpcConfig.from(new JsonObject().put("name", "w")).faults()).isEmpty();
    assertThat(RpcConfig.from(faults().put("name", "w")).faults()).isEmpty();
    Rpc rpc = start(faults(fault(FrameType.REGISTER, "drop").put("times", 1_000),
        fault(FrameType.FETCH, "delay").put("delayMs", 1_000)));
    long began = simulation.clock().nanoTime();

    RRef<Integer> value = made(() -> rpc.on("w1").remote(Actions::echo, 1));
    assertThat(ended(value::confirmed).succeeded()).isTrue();
    assertThat(Duration.ofNanos(simulation.clock().nanoTime() - began)).isLessThan(Duration.ofMillis(500));
    assertThat(ended(value::toHere).result()).isEqualTo(1);
    assertThat(Duration.ofNanos(simulation.clock().nanoTime() - began)).isGreaterThan(Duration.ofMillis(900));
    on(value::close);
    assertNothingIsKept();
  }

  /** Where the seed gives up, the link sends again. */
  @ParameterizedTest
  @ValueSource(strings = {"w1", "w0"})
  @Tag("T199")
  void aCreationThatIsLostThreeTimesIsMadeUpFor(String owner) {
    Rpc rpc = start(faults(fault(FrameType.CALL, "drop").put("times", 3).put("count", 1)));

    RRef<Integer> value = made(() -> rpc.on(owner).remote(Actions::echo, 5));

    assertThat(ended(() -> rpc.on("w2").call(Actions::fetchThere, value)).result()).isEqualTo(5);
    assertThat(ended(value::toHere).result()).isEqualTo(5);
    on(value::close);
    assertNothingIsKept();
  }

  @Test
  @Tag("T197")
  @Tag("T198")
  @Tag("T200")
  void aCreationThatIsLostForEverFailsTheHandleAndWhoIsGivenIt() {
    Rpc rpc = start(faults(fault(FrameType.CALL, "drop").put("times", 1_000).put("peer", "w1")));
    RRef<Integer> value = made(() -> rpc.on("w1").remote(Actions::echo, 5));
    Future<Integer> shared = made(() -> rpc.on("w2").call(Actions::fetchThere, value));

    assertFailed(ended(value::confirmed), RpcFailure.OWNER_LOST);

    assertFailed(ended(value::toHere), RpcFailure.OWNER_LOST);
    assertFailed(ended(() -> rpc.on("w2").call(Actions::fetchThere, value)), RpcFailure.OWNER_LOST);
    simulation.runUntil(shared::isComplete);
    assertThat(shared.cause()).as("what waited for it").isNotNull();
    on(value::close);
    assertNothingIsKept();
  }

  /** The limit is that of the function: it counts where that runs. */
  @ParameterizedTest
  @ValueSource(strings = {"w1", "w0"})
  @Tag("T201")
  @Tag("T202")
  @Tag("T203")
  @Tag("T204")
  void aLateCreationWhoseTimeIsOverFailsAndKeepsNothing(String owner) {
    Rpc rpc = start(faults(fault(FrameType.CALL, "delay").put("delayMs", 2_000),
        fault(FrameType.FETCH, "delay").put("delayMs", 2_000)));
    RRef<Integer> late = made(() -> rpc.on(owner).withTimeout(Duration.ofMillis(1)).remote(Actions::pend, 1));
    assertFailed(ended(late::toHere), RpcFailure.TIMEOUT);
    assertThat(ended(() -> rpc.on("w2").call(Actions::fetchThere, late)).cause()).hasMessageContaining("had passed");

    RRef<Integer> pending = made(() -> rpc.on(owner).remote(Actions::echo, 2));
    assertFailed(ended(pending.withTimeout(Duration.ofMillis(1))::toHere), RpcFailure.TIMEOUT);
    assertThat(ended(pending::toHere).result()).isEqualTo(2);

    on(late::close);
    on(pending::close);
    assertNothingIsKept();
  }
}
