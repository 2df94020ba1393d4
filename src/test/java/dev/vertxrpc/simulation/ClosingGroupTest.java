package dev.vertxrpc.simulation;

import static dev.vertxrpc.testing.TestGroup.failure;
import static dev.vertxrpc.testing.TestGroup.get;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxrpc.Rpc;
import dev.vertxrpc.RpcFailure;
import dev.vertxrpc.membership.Membership;
import dev.vertxrpc.membership.Records;
import dev.vertxrpc.runtime.Losses;
import dev.vertxrpc.runtime.RpcWorker;
import dev.vertxrpc.wire.SimulatedBus;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Workers that come while a group is being shut down. */
class ClosingGroupTest {
  private final Simulation simulation = new Simulation();
  private final List<RpcWorker> workers = new ArrayList<>();

  @AfterEach
  void close() {
    List<Future<Void>> ends = workers.stream().map(RpcWorker::close).toList();
    simulation.runUntil(() -> ends.stream().allMatch(Future::isComplete));
    assertThat(simulation.clock().alarms()).as("alarms left").isZero();
    simulation.close();
  }

  @Test
  void areToldThatItIsAndMayComeWhenItIsOver() {
    Rpc a = joined("a");
    joined("b");
    Future<Void> first = shutdown(0);
    long epoch = a.group().epoch();

    Throwable refused = failure(settled(join("late")));
    assertThat(RpcFailure.of(refused)).isEqualTo(RpcFailure.NOT_JOINED);
    assertThat(refused).hasMessage("late cannot join group default: it is being shut down by [a (rank 0)]");
    long reads = simulation.clock().nanoTime() + Membership.HEAL_EVERY.plusSeconds(1).toNanos();
    simulation.runUntil(() -> simulation.clock().nanoTime() > reads);
    assertThat(a.group().epoch()).as("nobody came, and nobody went").isEqualTo(epoch);
    assertThat(first.isComplete()).isFalse();

    Future<Void> second = shutdown(1);
    get(settled(first));
    get(settled(second));
    joined("next");
  }

  @Test
  void areNotWaitedForWhereTheyHaveNotJoinedYet() {
    joined("a");
    Future<Rpc> late = join("late");
    simulation.run(() -> !List.of("a", "late").equals(Records.names(simulation.vertx(), "default").result()));

    Future<Void> end = shutdown(0);
    // It reads that although nothing is delivered.
    long limit = simulation.clock().nanoTime() + Duration.ofSeconds(5).toNanos();
    simulation.run(() -> {
      simulation.clock().advance(Duration.ofMillis(100));
      return !late.isComplete() && simulation.clock().nanoTime() < limit;
    });

    assertThat(failure(late)).hasMessage("late cannot join group default: it is being shut down by [a (rank 0)]");
    get(settled(end));
  }

  @Test
  void areNotKeptOutByTheDead() {
    joined("a");
    joined("b");
    Future<Void> never = shutdown(0);
    simulation.run(() -> {
      workers.forEach(Losses::kill);
      return false;
    });

    assertThat(joined("next").group().workers()).hasSize(1);
    assertThat(never.isComplete()).isFalse();
  }

  @Test
  void areWaitedForWhereTheyBelongToAStaticGroup() {
    Future<Rpc> early = member("a");
    List<Future<Rpc>> late = List.of(member("b"), member("c"));
    meetNobodyBut("a", early::isComplete);
    get(early);

    Future<Void> first = shutdown(0);
    // Time enough to read that it is under way, and not to give each other up.
    long limit = simulation.clock().nanoTime() + Duration.ofSeconds(5).toNanos();
    meetNobodyBut("a", () -> simulation.clock().nanoTime() > limit);
    assertThat(late).noneMatch(Future::isComplete);
    assertThat(first.isComplete()).isFalse();

    late.forEach(join -> get(settled(join)));
    List.of(first, shutdown(1), shutdown(2)).forEach(end -> get(settled(end)));
  }

  @Test
  void waitForTheSuccessorOfAMemberThatCouldNotWaitForThem() {
    Future<Rpc> early = member("a");
    List<Future<Rpc>> late = List.of(member("b"), member("c"));
    meetNobodyBut("a", early::isComplete);

    Future<Void> vain = workers.get(0).shutdown(Duration.ofSeconds(1));
    meetNobodyBut("a", vain::isComplete);
    assertThat(failure(vain)).hasMessageContaining("shutdown of a (rank 0) failed in phase meet");
    Future<Rpc> successor = member("a");

    get(settled(successor));
    late.forEach(join -> get(settled(join)));
    List.of(shutdown(1), shutdown(2), shutdown(3)).forEach(end -> get(settled(end)));
  }

  /** Of a static group of three. */
  private Future<Rpc> member(String name) {
    return join(new JsonObject().put("name", name).put("worldSize", 3));
  }

  /** Delivers what goes to that worker or comes from it, and nothing else, as time passes, until that is so. */
  private void meetNobodyBut(String name, BooleanSupplier isSo) {
    simulation.run(() -> {
      if (isSo.getAsBoolean()) {
        return false;
      }
      List<SimulatedBus.Hop> open = simulation.bus().waiting().stream().filter(hop -> isOf(name, hop)).toList();
      open.forEach(simulation.bus()::deliver);
      if (open.isEmpty()) {
        simulation.clock().advance(Duration.ofMillis(100));
      }
      return true;
    });
  }

  private boolean isOf(String name, SimulatedBus.Hop hop) {
    return hop.address().contains("." + name + ".") || simulation.bus().addresses().stream()
        .anyMatch(each -> each.contains("." + name + ".") && each.endsWith("." + Long.toHexString(hop.sender())));
  }

  private Rpc joined(String name) {
    return get(settled(join(name)));
  }

  private Future<Rpc> join(String name) {
    return join(new JsonObject().put("name", name));
  }

  private Future<Rpc> join(JsonObject settings) {
    RpcWorker worker = simulation.worker(settings);
    workers.add(worker);
    return worker.join();
  }

  /** When everybody can read that it is under way. */
  private Future<Void> shutdown(int worker) {
    Future<Void> end = workers.get(worker).shutdown(Duration.ofHours(1));
    simulation.run(() -> !Records.isClosing(simulation.vertx(), "default").result());
    return end;
  }

  private <T> Future<T> settled(Future<T> future) {
    simulation.runUntil(future::isComplete);
    return future;
  }
}
