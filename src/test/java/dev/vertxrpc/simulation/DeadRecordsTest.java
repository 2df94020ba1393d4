package dev.vertxrpc.simulation;

import static dev.vertxrpc.testing.TestGroup.failure;
import static dev.vertxrpc.testing.TestGroup.get;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxrpc.Rpc;
import dev.vertxrpc.WorkerInfo;
import dev.vertxrpc.membership.Records;
import dev.vertxrpc.runtime.Losses;
import dev.vertxrpc.runtime.RpcWorker;
import dev.vertxrpc.testing.Logged;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Records of workers that died, of which the cluster says nothing. */
class DeadRecordsTest {
  private static final WorkerInfo DEAD = new WorkerInfo("w0", 0, 99, Set.of());

  private final Simulation simulation = new Simulation();
  private final List<RpcWorker> workers = new ArrayList<>();

  @AfterEach
  void close() {
    List<Future<Void>> ends = new ArrayList<>();
    simulation.run(() -> {
      workers.forEach(worker -> ends.add(worker.close()));
      return false;
    });
    simulation.runUntil(() -> ends.stream().allMatch(Future::isComplete));
    assertThat(simulation.clock().alarms()).as("alarms left").isZero();
    assertThat(get(Records.names(simulation.vertx(), "default"))).isEmpty();
    simulation.close();
  }

  @Test
  void doNotBlockARestart() {
    get(Records.leave(simulation.vertx(), "default", OptionalInt.of(2), DEAD));

    Future<Rpc> restarted = join("w0", new JsonObject().put("worldSize", 2).put("rank", 0));
    Future<Rpc> other = join("w1", new JsonObject().put("worldSize", 2).put("rank", 1));
    simulation.runUntil(() -> restarted.isComplete() && other.isComplete());

    assertThat(get(restarted).group()).isEqualTo(get(other).group());
    assertThat(get(other).group().workers()).doesNotContain(DEAD).hasSize(2);
  }

  @Test
  void areNamedByWhoHasNoTimeToWaitForThem() {
    Future<Rpc> frozen = join("w0", new JsonObject());
    simulation.runUntil(frozen::isComplete);
    simulation.run(() -> {
      simulation.freeze(workers.get(0));
      return false;
    });

    Future<Rpc> hurried = join("w0", new JsonObject().put("joinTimeoutMs", 1_000));
    simulation.runUntil(hurried::isComplete);

    assertThat(failure(hurried)).hasMessage("w0 could not join group default within 1000 ms: no answer from "
        + "[w0 (rank 0)], who stand in its way and may be dead");
  }

  @Test
  void doNotKeepAFullGroupFullOrOfItsKind() {
    get(Records.leave(simulation.vertx(), "default", OptionalInt.of(1), DEAD));
    Future<Rpc> another = join("another", new JsonObject().put("worldSize", 1));
    simulation.runUntil(another::isComplete);
    assertThat(get(another).group().workers()).containsExactly(get(another).self());

    Losses.kill(workers.get(0));
    Future<Rpc> dynamic = join("dynamic", new JsonObject());
    simulation.runUntil(dynamic::isComplete);

    assertThat(get(dynamic).group().workers()).containsExactly(get(dynamic).self());
  }

  @Test
  void doNotHideALivingHolder() {
    Future<Rpc> holder = join("w0", new JsonObject());
    simulation.runUntil(holder::isComplete);

    Future<Rpc> newcomer = join("w0", new JsonObject());
    Duration begun = Duration.ofNanos(simulation.clock().nanoTime());
    simulation.runUntil(newcomer::isComplete);

    assertThat(failure(newcomer)).hasMessageMatching("w0 cannot join group default: the name is taken by w0 \\(rank 0\\)"
        + " on \\S+, process " + ProcessHandle.current().pid() + ", since 20\\S+Z");
    assertThat(Duration.ofNanos(simulation.clock().nanoTime()).minus(begun)).isLessThan(Duration.ofSeconds(1));
    assertThat(get(holder).group().workers()).containsExactly(get(holder).self());
  }

  @Test
  void ofOneWhoDiedWhileItJoinedBlockNobody() {
    Future<Rpc> first = join("first", new JsonObject());
    simulation.runUntil(first::isComplete);
    get(Records.leave(simulation.vertx(), "default", OptionalInt.empty(), new WorkerInfo("dead", 7, 99, Set.of())));

    Future<Rpc> second = join("second", new JsonObject());
    simulation.runUntil(second::isComplete);

    assertThat(get(second).group().workers()).containsExactly(get(first).self(), get(second).self());
    simulation.runUntil(() -> first.result().group().equals(second.result().group()));
  }

  @Test
  void ofAllWhoWereThereBlockNobody() {
    get(Records.leave(simulation.vertx(), "default", OptionalInt.empty(), DEAD));

    Future<Rpc> joined = join("w1", new JsonObject());
    simulation.runUntil(joined::isComplete);

    assertThat(get(joined).group().workers()).containsExactly(get(joined).self());
  }

  @Test
  void ofANodeThatDroppedOutBeforeTheyWereReadKeepNewcomersForTwoSeconds() {
    Future<Rpc> joining = join("w1", new JsonObject().put("worldSize", 3).put("rank", 1));
    simulation.runUntil(() -> simulation.clock().nanoTime() > Duration.ofSeconds(1).toNanos());

    assertThat(whenLost("w1", OptionalInt.of(3))).isLessThan(Duration.ofSeconds(4));
    assertThat(joining.isComplete()).isFalse();
  }

  @Test
  void ofANodeThatDroppedOutBeforeTheyWereReadAreNoMembersForLong() {
    Future<Rpc> first = join("first", new JsonObject());
    simulation.runUntil(first::isComplete);

    // A member reads every five seconds, if nothing happens.
    assertThat(whenLost("first", OptionalInt.empty())).isLessThan(Duration.ofSeconds(8));
    assertThat(first.result().group().workers()).containsExactly(first.result().self());
  }

  private Duration whenLost(String by, OptionalInt worldSize) {
    try (Logged logged = new Logged("dev.vertxrpc.membership.GroupChanges")) {
      get(Records.leave(simulation.vertx(), "default", worldSize, DEAD, "a node that is no more"));
      simulation.runUntil(() -> !logged.with("event=worker-lost worker=" + by + " group=default lost=w0 "
          + "cause=its process is not in the cluster").isEmpty());
      return Duration.ofNanos(simulation.clock().nanoTime());
    }
  }

  @Test
  void saysEveryFewSecondsWhoIsMissing() {
    try (Logged logged = new Logged("dev.vertxrpc.membership.Joining")) {
      join("w0", new JsonObject().put("worldSize", 4).put("rank", 0));
      join("w2", new JsonObject().put("worldSize", 4).put("rank", 2));
      simulation.runUntil(() -> simulation.clock().nanoTime() > Duration.ofSeconds(16).toNanos());

      assertThat(logged.with("event=joining worker=w0 group=default missing ranks [1, 3]; there are [w0 (rank 0), "
          + "w2 (rank 2)]")).hasSizeBetween(2, 3);
    }
  }

  private Future<Rpc> join(String name, JsonObject settings) {
    RpcWorker worker = simulation.worker(new JsonObject().put("name", name).mergeIn(settings));
    workers.add(worker);
    return worker.join();
  }
}
