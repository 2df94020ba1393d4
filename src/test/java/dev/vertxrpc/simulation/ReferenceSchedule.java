package dev.vertxrpc.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxrpc.CallOptions;
import dev.vertxrpc.RRef;
import dev.vertxrpc.RemoteWorker;
import dev.vertxrpc.Rpc;
import dev.vertxrpc.RpcFailure;
import dev.vertxrpc.runtime.RpcWorker;
import dev.vertxrpc.simulation.Holdings.Box;
import dev.vertxrpc.simulation.Holdings.BoxHolding;
import dev.vertxrpc.simulation.Holdings.Cell;
import dev.vertxrpc.simulation.Holdings.Holding;
import dev.vertxrpc.simulation.Holdings.Parcel;
import dev.vertxrpc.wire.SimulatedBus;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;

/**
 * One random schedule of what workers do with references, and of what happens to them. Confined to the test's thread.
 */
final class ReferenceSchedule {
  private static final int STEPS = 60;
  /** What a handle, or a call with it, may fail with once a worker is gone. */
  private static final Set<RpcFailure> LOSSES = EnumSet.of(RpcFailure.OWNER_LOST, RpcFailure.WORKER_LOST,
      RpcFailure.WORKER_LEFT, RpcFailure.NOT_JOINED, RpcFailure.NO_SUCH_WORKER, RpcFailure.REF_RELEASED,
      RpcFailure.REMOTE);
  /** What may come of a call that is given up, and of what it was to make. */
  private static final Set<RpcFailure> GIVEN_UP = EnumSet.of(RpcFailure.TIMEOUT, RpcFailure.CANCELLED,
      RpcFailure.REF_RELEASED, RpcFailure.REMOTE);
  /** Whoever packed it may have closed what is in it. */
  private static final Set<RpcFailure> UNPACKED = EnumSet.of(RpcFailure.REF_RELEASED, RpcFailure.CODEC,
      RpcFailure.TIMEOUT, RpcFailure.CANCELLED);
  private static final Set<RpcFailure> VOID = EnumSet.of(RpcFailure.OWNER_LOST, RpcFailure.WORKER_LOST,
      RpcFailure.WORKER_LEFT, RpcFailure.NOT_JOINED, RpcFailure.NO_SUCH_WORKER);

  /** Something that was asked for, and what it may fail with although nobody is gone. */
  private static final class Asked {
    private final long by;
    private final Future<?> future;
    private final Set<RpcFailure> allowed;
    private int endings;

    Asked(long by, Future<?> future, Set<RpcFailure> allowed) {
      this.by = by;
      this.future = future;
      this.allowed = allowed;
      future.onComplete(done -> endings++);
    }
  }

  private final Simulation simulation;
  private final Random random;
  private final Crew crew;
  private final List<Asked> asked = new ArrayList<>();
  private final List<Promise<Void>> signals = new ArrayList<>();
  /** Values whose making may have been given up. */
  private final Set<Integer> doubtful = new HashSet<>();
  private boolean restart;
  private int numbers;

  ReferenceSchedule(Simulation simulation, long seed) {
    this.simulation = simulation;
    this.random = new Random(seed);
    Holdings.reset();
    this.crew = new Crew(simulation, random);
  }

  void run() {
    int[] steps = {0};
    while (steps[0] < STEPS) {
      simulation.run(() -> {
        for (int i = random.nextInt(3); i >= 0; i--) {
          step();
        }
        return ++steps[0] < STEPS && !restart;
      });
      if (restart) {
        restart = false;
        crew.restart();
      }
    }
    settle();
    assertEveryHolderCanUseItsHandle();
    assertHandlesOfWhoIsNoMemberAreVoid();
    assertEverythingIsFreed();
    assertThat(Holdings.MADE.values()).as("how often each value was made").allMatch(count -> count == 1);
    crew.end();
    asked.forEach(this::assertOutcome);
  }

  // ---- the steps

  private void step() {
    switch (random.nextInt(32)) {
      case 0, 1 -> create();
      case 2, 3, 4, 5, 6 -> share();
      case 7 -> unpack();
      case 8 -> call();
      case 9, 10, 11 -> close();
      case 12 -> simulation.clock().advance(Duration.ofMillis(random.nextInt(60)));
      case 13, 14 -> misdeliver();
      case 15 -> happen();
      case 16 -> giveUp();
      default -> simulation.deliverOne(random);
    }
  }

  /** Rarely something drastic. */
  private void happen() {
    switch (random.nextInt(16)) {
      case 0 -> crew.kill();
      case 1, 2 -> crew.freeze();
      case 3, 4, 5 -> crew.thaw();
      case 6, 7 -> restart = true;
      default -> { }
    }
  }

  /** Of one that is not in a hurry, most often. */
  private CallOptions options() {
    return switch (random.nextInt(10)) {
      case 0 -> CallOptions.create().withTimeout(Duration.ofMillis(1 + random.nextInt(80)));
      case 1 -> {
        signals.add(Promise.promise());
        yield CallOptions.create().withCancelOn(signals.get(signals.size() - 1).future());
      }
      default -> CallOptions.create();
    };
  }

  private static boolean isPatient(CallOptions options) {
    return options.timeout().isEmpty() && options.cancelOn().isEmpty();
  }

  private void giveUp() {
    if (!signals.isEmpty()) {
      signals.get(random.nextInt(signals.size())).tryComplete();
    }
  }

  private void create() {
    Rpc rpc = crew.anyActive().rpc();
    int number = numbers++;
    RRef<Cell> ref;
    if (random.nextInt(4) == 0) {
      ref = rpc.own(new Cell(number));
    } else {
      CallOptions options = options();
      if (!isPatient(options)) {
        doubtful.add(number);
      }
      ref = rpc.on(crew.anyRank()).with(options).create(Cell::new, number);
    }
    Holdings.hold(rpc.self().incarnation(), ref, number);
  }

  private <T> T any(List<T> some) {
    return some.isEmpty() ? null : some.get(random.nextInt(some.size()));
  }

  private boolean isActive(long holder) {
    return crew.active(holder).isPresent();
  }

  private Holding anyHolding() {
    return any(Holdings.held().stream().filter(holding -> isActive(holding.holder())).toList());
  }

  private BoxHolding anyBox() {
    return any(Holdings.boxes().stream().filter(box -> isActive(box.holder())).toList());
  }

  private void share() {
    Holding holding = anyHolding();
    if (holding == null) {
      return;
    }
    Rpc rpc = crew.active(holding.holder()).orElseThrow().rpc();
    CallOptions options = options();
    RemoteWorker to = rpc.on(crew.anyRank()).with(options);
    RRef<Cell> ref = holding.ref();
    int number = holding.number();
    boolean isSure = isPatient(options) && !doubtful.contains(number);
    switch (random.nextInt(6)) {
      case 0 -> ask(holding.holder(), to.call(Holdings::passOn, ref, number, IntStream.rangeClosed(0, random.nextInt(3))
          .mapToObj(link -> crew.anyRank()).toList()), isSure);
      case 1 -> ask(holding.holder(), to.call(Holdings::keepAndReturn, ref, number)
          .onSuccess(back -> Holdings.hold(holding.holder(), back, number)), isSure);
      case 2 -> ask(holding.holder(), to.call(Holdings::ask, ref), isSure);
      case 3 -> shareSeveral(to, holding, isSure);
      case 4 -> {
        if (!isSure) {
          doubtful.add(number);
        }
        RRef<Box> box = to.remote(Holdings::pack, ref, number);
        Holdings.hold(new BoxHolding(holding.holder(), box, number));
        ask(holding.holder(), box.type(), isSure);
      }
      default -> ask(holding.holder(), to.call(Holdings::keep, ref, number), isSure);
    }
    if (random.nextInt(3) == 0) {
      // Handed over rather than shared: from now on only what is on its way keeps the value.
      Holdings.drop(holding);
    }
  }

  private void shareSeveral(RemoteWorker to, Holding first, boolean isSure) {
    List<Holding> same = Holdings.held().stream().filter(other -> other.holder() == first.holder()).toList();
    Holding second = any(same);
    Holding third = any(same);
    Parcel parcel = new Parcel(first.ref(), List.of(second.ref()), Map.of("a name", third.ref()),
        List.of(first.number(), second.number(), third.number()));
    ask(first.holder(), to.call(Holdings::keepAll, parcel), isSure
        && !doubtful.contains(second.number()) && !doubtful.contains(third.number()));
  }

  private void unpack() {
    BoxHolding box = anyBox();
    if (box != null) {
      Future<Box> copy = box.ref().toHere();
      if (!box.ref().isOwner()) {
        copy.onSuccess(unpacked -> Holdings.hold(box.holder(), unpacked.ref(), box.number()));
      }
      ask(box.holder(), copy, UNPACKED);
    }
  }

  private void call() {
    Holding holding = anyHolding();
    if (holding != null) {
      ask(holding.holder(), holding.ref().call(Cell::number), !doubtful.contains(holding.number()));
    }
  }

  private void ask(long by, Future<?> future, boolean isSure) {
    ask(by, future, isSure ? Set.of() : GIVEN_UP);
  }

  private void ask(long by, Future<?> future, Set<RpcFailure> allowed) {
    asked.add(new Asked(by, future, allowed));
  }

  private void close() {
    BoxHolding box = random.nextInt(4) == 0 ? anyBox() : null;
    Holding holding = anyHolding();
    if (box != null) {
      Holdings.drop(box);
    } else if (holding != null) {
      Holdings.drop(holding);
    }
  }

  private void misdeliver() {
    SimulatedBus.Hop hop = any(simulation.bus().waiting());
    if (hop != null) {
      switch (random.nextInt(3)) {
        case 0 -> simulation.bus().drop(hop);
        case 1 -> simulation.bus().duplicate(hop);
        default -> simulation.bus().delay(hop);
      }
    }
  }

  // ---- what must hold

  private void settle() {
    if (crew.isFrozen()) {
      // Longer than the lease, or not.
      Duration end = Duration.ofNanos(simulation.clock().nanoTime()).plusSeconds(random.nextInt(2) * 7);
      simulation.runUntil(() -> simulation.clock().nanoTime() >= end.toNanos());
      on(crew::thaw);
    }
    within(() -> asked.stream().allMatch(this::isOver) && crew.isAgreed());
    assertThat(asked).as("what was asked for").allMatch(this::isOver);
    assertThat(crew.isAgreed()).as("all agree on who is there").isTrue();
  }

  // Who has died does not hear of the end.
  private boolean isOver(Asked each) {
    return each.future.isComplete() || crew.isDead(each.by);
  }

  /** Until that is so, or more time has passed than it may take. */
  private void within(BooleanSupplier condition) {
    long end = simulation.clock().nanoTime() + Duration.ofMinutes(1).toNanos();
    simulation.runUntil(() -> condition.getAsBoolean() || simulation.clock().nanoTime() > end);
  }

  private void on(Runnable work) {
    simulation.run(() -> {
      work.run();
      return false;
    });
  }

  private void assertOutcome(Asked each) {
    assertThat(each.endings).as("endings").isEqualTo(1);
    if (each.future.failed()) {
      RpcFailure failure = RpcFailure.of(each.future.cause());
      boolean isLoss = crew.isAnybodyGone() && LOSSES.contains(failure);
      assertThat(each.allowed.contains(failure) || crew.isDead(each.by) || isLoss)
          .as("failed with %s, and anybody gone: %s", each.future.cause(), crew.isAnybodyGone()).isTrue();
    }
  }

  private void assertEveryHolderCanUseItsHandle() {
    record Use(Holding holding, Future<Integer> future) {}

    List<Use> uses = new ArrayList<>();
    on(() -> Holdings.held().stream().filter(holding -> isActive(holding.holder()))
        .forEach(holding -> uses.add(new Use(holding, holding.ref().call(Cell::number)))));
    within(() -> uses.stream().allMatch(use -> use.future().isComplete()));
    for (Use use : uses) {
      assertThat(use.future().isComplete()).as("%s answered", use.holding()).isTrue();
      if (use.future().succeeded()) {
        assertThat(use.future().result()).isEqualTo(use.holding().number());
        assertThat(isOfSomebodyGone(use.holding().ref())).as("reached who is gone by %s", use.holding()).isFalse();
      } else {
        assertMayFail(use.holding(), use.future().cause());
      }
    }
  }

  private void assertMayFail(Holding holding, Throwable cause) {
    RpcFailure failure = RpcFailure.of(cause);
    if (doubtful.contains(holding.number()) && GIVEN_UP.contains(failure)) {
      return;
    }
    assertThat(crew.isAnybodyGone() && LOSSES.contains(failure)).as("%s may not fail with %s", holding, cause)
        .isTrue();
    // Who was to have it made may have died before it had said so to the owner.
    assertThat(isOfSomebodyGone(holding.ref()) || !Holdings.MADE.containsKey(holding.number()))
        .as("%s, whose owner lives, failed with %s", holding, cause).isTrue();
  }

  private boolean isOfSomebodyGone(RRef<Cell> ref) {
    try {
      return crew.isGone(ref.owner().incarnation());
    } catch (RuntimeException ownerNeverKnown) {
      return true;
    }
  }

  private void assertHandlesOfWhoIsNoMemberAreVoid() {
    for (RpcWorker evicted : crew.evicted()) {
      long holder = evicted.rpc().self().incarnation();
      Holdings.held().stream().filter(holding -> holding.holder() == holder).forEach(holding -> {
        Throwable cause = holding.ref().call(Cell::number).cause();
        assertThat(cause != null && (VOID.contains(RpcFailure.of(cause)) || doubtful.contains(holding.number())))
            .as("%s, whose holder was taken for lost, fails with %s", holding, cause).isTrue();
      });
    }
  }

  private void assertEverythingIsFreed() {
    // What was given up may still come to its end somewhere, and hold something.
    within(() -> {
      List.copyOf(Holdings.held()).forEach(Holdings::drop);
      List.copyOf(Holdings.boxes()).forEach(Holdings::drop);
      return crew.keepsNothing();
    });
    assertThat(crew.keepsNothing()).as("freed; left %s", crew.references()).isTrue();
  }
}
