package dev.vertxrpc.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxrpc.Rpc;
import dev.vertxrpc.WorkerInfo;
import dev.vertxrpc.runtime.Losses;
import dev.vertxrpc.runtime.RpcWorker;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The workers of one schedule, of which some die, stand still for a while, or come back under their old names.
 * Confined to the loop of the one simulation, but for what says otherwise.
 */
final class Crew {
  private static final JsonObject SETTINGS = new JsonObject().put("callTimeoutMs", 0).put("blockedLoopMs", 3_600_000);

  private final Simulation simulation;
  private final Random random;
  private final int size;
  /** Everybody there has ever been. */
  private final List<RpcWorker> all;
  private final Set<RpcWorker> dead = new HashSet<>();
  private final List<Future<Rpc>> joins = new ArrayList<>();
  private RpcWorker frozen;
  /** Who died while one was frozen, which hears of it when it goes on. */
  private final List<WorkerInfo> untold = new ArrayList<>();

  /** Not on the loop. */
  Crew(Simulation simulation, Random random) {
    this.simulation = simulation;
    this.random = random;
    this.size = 3 + random.nextInt(3);
    this.all = new ArrayList<>(simulation.dynamicGroup(size, SETTINGS));
  }

  int anyRank() {
    return random.nextInt(size);
  }

  private boolean isGone(RpcWorker worker) {
    return dead.contains(worker) || worker.ended().isComplete();
  }

  /** Whether somebody died, or was taken for lost. */
  boolean isAnybodyGone() {
    return all.stream().anyMatch(this::isGone);
  }

  boolean isGone(long incarnation) {
    return all.stream().filter(this::isGone).anyMatch(worker -> worker.rpc().self().incarnation() == incarnation);
  }

  boolean isDead(long incarnation) {
    return dead.stream().anyMatch(worker -> worker.rpc().self().incarnation() == incarnation);
  }

  /** Who lives and has joined, frozen or not. */
  List<RpcWorker> living() {
    return all.stream().filter(worker -> !isGone(worker) && hasJoined(worker)).toList();
  }

  private boolean hasJoined(RpcWorker worker) {
    int newcomer = all.indexOf(worker) - size;
    return newcomer < 0 || joins.get(newcomer).succeeded();
  }

  /** Who can do something now. */
  List<RpcWorker> active() {
    return living().stream().filter(worker -> worker != frozen).toList();
  }

  RpcWorker anyActive() {
    List<RpcWorker> active = active();
    return active.get(random.nextInt(active.size()));
  }

  Optional<RpcWorker> active(long incarnation) {
    return active().stream().filter(worker -> worker.rpc().self().incarnation() == incarnation).findFirst();
  }

  /** The one of that incarnation that lives no more, but does not know how it died. */
  List<RpcWorker> evicted() {
    return all.stream().filter(worker -> !dead.contains(worker) && isGone(worker)).toList();
  }

  // ---- what happens to them

  /** One dies, and those that can hear it do, unless too few would be left. */
  void kill() {
    if (active().size() < 3) {
      return;
    }
    RpcWorker victim = anyActive();
    WorkerInfo lost = victim.rpc().self();
    dead.add(victim);
    simulation.freeze(victim);
    simulation.bus().cut(lost.incarnation());
    if (frozen != null) {
      untold.add(lost);
    }
    all.stream().filter(other -> other != frozen && !isGone(other)).forEach(other -> Losses.tell(other, lost));
  }

  /** One stands still, unless one does already. */
  void freeze() {
    if (frozen == null && active().size() > 2) {
      frozen = anyActive();
      simulation.freeze(frozen);
    }
  }

  boolean isFrozen() {
    return frozen != null;
  }

  void thaw() {
    if (frozen != null) {
      RpcWorker goesOn = frozen;
      frozen = null;
      simulation.thaw(goesOn);
      untold.forEach(lost -> Losses.tell(goesOn, lost));
      untold.clear();
    }
  }

  /** One that died starts again, if any did that has no successor. Not on the loop. */
  void restart() {
    all.stream().filter(worker -> dead.contains(worker) && all.stream().noneMatch(other -> other != worker
        && !isGone(other) && isSuccessor(other, worker))).findFirst()
        .ifPresent(gone -> all.add(simulation.replace(gone, SETTINGS, joins)));
  }

  private boolean isSuccessor(RpcWorker worker, RpcWorker gone) {
    return !hasJoined(worker) || worker.rpc().self().rank() == gone.rpc().self().rank();
  }

  /** Whether those who came back have joined, and all know who is there. */
  boolean isAgreed() {
    Set<WorkerInfo> there = living().stream().map(worker -> worker.rpc().self()).collect(Collectors.toSet());
    return joins.stream().allMatch(Future::isComplete)
        && living().stream().allMatch(worker -> Set.copyOf(worker.rpc().group().workers()).equals(there));
  }

  // ---- the end

  boolean keepsNothing() {
    return living().stream().map(RpcWorker::debugInfo)
        .allMatch(figures -> figures.fieldNames().stream().allMatch(name -> figures.getInteger(name) == 0));
  }

  /** What is kept and held. */
  List<String> references() {
    return living().stream().map(worker -> worker.rpc().self() + " " + worker.debugInfo() + " " + worker.references())
        .toList();
  }

  /** Not on the loop. */
  void end() {
    assertThat(joins).as("joins of those who came back").allMatch(Future::succeeded);
    List<Future<Void>> ends = new ArrayList<>();
    simulation.run(() -> {
      dead.forEach(simulation::thaw);
      all.forEach(worker -> ends.add(worker.close()));
      return false;
    });
    simulation.runUntil(() -> ends.stream().allMatch(Future::isComplete));
    assertThat(simulation.clock().alarms()).as("alarms left").isZero();
  }
}
