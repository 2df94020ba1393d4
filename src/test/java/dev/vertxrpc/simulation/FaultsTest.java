package dev.vertxrpc.simulation;

import static dev.vertxrpc.testing.TestGroup.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vertxrpc.RRef;
import dev.vertxrpc.Rpc;
import dev.vertxrpc.RpcFailure;
import dev.vertxrpc.config.RpcConfig;
import dev.vertxrpc.runtime.RpcWorker;
import dev.vertxrpc.wire.FrameType;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Groups whose frames are lost, late, doubled or overtaken, as their config says. */
class FaultsTest {
  private final Simulation simulation = new Simulation();
  private List<RpcWorker> workers = List.of();

  @AfterEach
  void close() {
    List<Future<Void>> ends = new ArrayList<>();
    simulation.run(() -> {
      workers.forEach(worker -> ends.add(worker.shutdown()));
      return false;
    });
    simulation.runUntil(() -> ends.stream().allMatch(Future::isComplete));
    simulation.close();
    assertThat(ends).allMatch(Future::succeeded);
  }

  static JsonObject faults(JsonObject... faults) {
    return new JsonObject().put("faults", new JsonArray(List.of(faults)));
  }

  static JsonObject fault(FrameType type, String action) {
    return new JsonObject().put("frame", type.name()).put("action", action);
  }

  private int result(Function<Rpc, Future<Integer>> call) {
    List<Future<Integer>> made = new ArrayList<>();
    simulation.run(() -> {
      made.add(call.apply(workers.get(0).rpc()));
      return false;
    });
    simulation.runUntil(() -> made.get(0).isComplete());
    return get(made.get(0));
  }

  private void assertEverythingIsFreed() {
    simulation.runUntil(() -> workers.stream().map(RpcWorker::debugInfo).allMatch(figures ->
        figures.fieldNames().stream().allMatch(name -> figures.getInteger(name) == 0)));
  }

  private Future<Integer> shareAndFetch(Rpc rpc) {
    RRef<Integer> kept = rpc.on("w1").remote(Actions::echo, 5);
    return rpc.on("w2").call(Actions::fetchThere, kept).compose(there -> kept.toHere().map(here -> there + here))
        .onComplete(done -> kept.close());
  }

  @Test
  @Tag("T193")
  void referencesAreSharedAndFreedAlthoughEveryFrameOfTheirsIsLostThreeTimes() {
    workers = simulation.group(3, faults(Stream.of(FrameType.REGISTER, FrameType.REGISTERED, FrameType.ACCEPT,
        FrameType.RELEASE).map(type -> fault(type, "drop").put("times", 3)).toArray(JsonObject[]::new)));

    assertThat(result(this::shareAndFetch)).isEqualTo(10);

    assertEverythingIsFreed();
  }

  @ParameterizedTest
  @ValueSource(strings = {"drop", "delay", "duplicate", "reorder"})
  void callsRunOnceAndAnswerWhateverHappensToTheirFrames(String action) {
    workers = simulation.group(3, faults(Stream.of(FrameType.CALL, FrameType.RESULT, FrameType.FETCH,
        FrameType.REGISTER, FrameType.ACCEPT, FrameType.RELEASE, FrameType.CONTRIBUTION, FrameType.OUTCOME)
        .map(type -> fault(type, action)).toArray(JsonObject[]::new)));

    assertThat(result(rpc -> rpc.on("w1").call(Actions::count))).isEqualTo(result(rpc -> rpc.on("w1")
        .call(Actions::count)) - 1);
    assertThat(result(this::shareAndFetch)).isEqualTo(10);

    assertEverythingIsFreed();
  }

  @Test
  void hitOnlyTheFramesToThatWorkerAndOnlySoMany() {
    workers = simulation.group(3, faults(fault(FrameType.CALL, "delay").put("peer", "w1").put("count", 1)
        .put("delayMs", 400)));
    long began = simulation.clock().nanoTime();

    assertThat(result(rpc -> rpc.on("w2").call(Actions::echo, 1))).isEqualTo(1);
    assertThat(Duration.ofNanos(simulation.clock().nanoTime() - began)).isLessThan(Duration.ofMillis(200));
    assertThat(result(rpc -> rpc.on("w1").call(Actions::echo, 1))).isEqualTo(1);
    assertThat(Duration.ofNanos(simulation.clock().nanoTime() - began)).isGreaterThanOrEqualTo(Duration.ofMillis(200));
    long later = simulation.clock().nanoTime();
    assertThat(result(rpc -> rpc.on("w1").call(Actions::echo, 1))).isEqualTo(1);
    assertThat(Duration.ofNanos(simulation.clock().nanoTime() - later)).isLessThan(Duration.ofMillis(200));
  }

  @Test
  void aWorkerThatLosesOneFrameForEverIsLost() {
    workers = simulation.group(2, rank -> rank == 0
        ? faults(fault(FrameType.CALL, "drop").put("times", 1_000)) : new JsonObject());
    List<Future<Integer>> made = new ArrayList<>();
    simulation.run(() -> {
      made.add(workers.get(0).rpc().on("w1").call(Actions::echo, 1));
      return false;
    });

    simulation.runUntil(() -> made.get(0).isComplete());

    assertThat(RpcFailure.of(made.get(0).cause())).isEqualTo(RpcFailure.WORKER_LOST);
    assertThat(made.get(0).cause()).hasMessageContaining("acknowledged nothing");
    List<Future<Void>> ends = new ArrayList<>();
    simulation.run(() -> {
      workers.forEach(worker -> ends.add(worker.close()));
      return false;
    });
    simulation.runUntil(() -> ends.stream().allMatch(Future::isComplete));
    workers = List.of();
  }

  @Test
  @Tag("T206")
  void aDelayedCallFailsOnlyWhereItsLimitIsShorter() {
    workers = simulation.group(2, rank -> rank == 0 ? faults(fault(FrameType.CALL, "delay").put("delayMs", 1_500))
        .put("callTimeoutMs", 30_000) : new JsonObject());
    Rpc rpc = workers.get(0).rpc();

    assertThat(failure(() -> rpc.on("w1").withTimeout(Duration.ofSeconds(1)).call(Actions::echo, 1)))
        .isEqualTo(RpcFailure.TIMEOUT);
    assertThat(result(any -> rpc.on("w1").call(Actions::echo, 2))).isEqualTo(2);
    rpc.callTimeout(Duration.ofMillis(10));
    assertThat(failure(() -> rpc.on("w1").call(Actions::echo, 3))).isEqualTo(RpcFailure.TIMEOUT);
    assertThat(result(any -> rpc.on("w1").withTimeout(Duration.ZERO).call(Actions::echo, 4))).isEqualTo(4);
  }

  @Test
  @Tag("T026")
  void aShutdownFailsInItsLimitWhenWhatItGathersIsSlow() {
    workers = simulation.group(2, faults(fault(FrameType.CONTRIBUTION, "delay").put("delayMs", 10_000)));
    List<Future<Void>> ends = new ArrayList<>();
    long began = simulation.clock().nanoTime();
    simulation.run(() -> {
      workers.forEach(worker -> ends.add(worker.shutdown(Duration.ofMillis(10))));
      return false;
    });

    simulation.runUntil(() -> ends.stream().allMatch(Future::isComplete));

    assertThat(ends).anySatisfy(end -> assertThat(end.cause()).hasMessageContaining("phase meet"));
    assertThat(Duration.ofNanos(simulation.clock().nanoTime() - began)).isLessThan(Duration.ofSeconds(9));
    workers = List.of();
  }

  @Test
  @Tag("T160")
  void aShutdownTellsWhatFailedAndEndsTheWorkerAllTheSame() {
    workers = simulation.group(2, new JsonObject());
    List<RpcWorker> group = workers;
    assertThat(shutdown(group.get(0)).get(0).cause())
        .hasMessageStartingWith("shutdown of w0 (rank 0) failed in phase meet").hasMessageContaining("[w1]");
    shutdown(group.get(1));

    // The release of a handle that w1 has closed is on its way to itself, and does not arrive in time.
    List<RpcWorker> others = simulation.group(2,
        faults(fault(FrameType.RELEASE, "delay").put("peer", "w1").put("delayMs", 3_600_000)));
    workers = List.of();
    others.get(1).rpc().own("a value").close();
    List<Future<Void>> ends = shutdown(others.toArray(RpcWorker[]::new));
    assertThat(ends.get(0).cause()).hasMessageStartingWith("shutdown of w0 (rank 0) failed in phase release");
    assertThat(ends.get(1).cause()).hasMessageStartingWith("shutdown of w1 (rank 1) failed in phase release: the time "
        + "was over with references that are not settled");

    assertThat(Stream.of(group, others).flatMap(List::stream)).allSatisfy(worker -> {
      assertThat(worker.ended().isComplete()).isTrue();
      assertThat(RpcFailure.of(worker.rpc().on("w0").call(Actions::echo, 1).cause())).isEqualTo(RpcFailure.NOT_JOINED);
    });
  }

  private List<Future<Void>> shutdown(RpcWorker... those) {
    List<Future<Void>> ends = new ArrayList<>();
    simulation.run(() -> {
      Stream.of(those).forEach(worker -> ends.add(worker.shutdown(Duration.ofSeconds(2))));
      return false;
    });
    simulation.runUntil(() -> ends.stream().allMatch(Future::isComplete));
    return ends;
  }

  private RpcFailure failure(Supplier<Future<Integer>> call) {
    List<Future<Integer>> made = new ArrayList<>();
    simulation.run(() -> {
      made.add(call.get());
      return false;
    });
    simulation.runUntil(() -> made.get(0).isComplete());
    return RpcFailure.of(made.get(0).cause());
  }

  @Test
  void anUnknownTypeOfFrameIsRefused() {
    Vertx vertx = Vertx.vertx();
    RpcConfig config = RpcConfig.from(new JsonObject().put("name", "w").mergeIn(faults(
        new JsonObject().put("frame", "RELESE").put("action", "drop"))));

    assertThatThrownBy(() -> get(RpcWorker.create(vertx, config).join())).hasMessageContaining("RELESE")
        .hasMessageContaining("RELEASE");
    get(vertx.close());
  }
}
