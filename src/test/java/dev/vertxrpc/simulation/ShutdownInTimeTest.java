package dev.vertxrpc.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxrpc.RRef;
import dev.vertxrpc.RpcFailure;
import dev.vertxrpc.WorkerInfo;
import dev.vertxrpc.membership.Records;
import dev.vertxrpc.runtime.Losses;
import dev.vertxrpc.runtime.Remains;
import dev.vertxrpc.runtime.RpcWorker;
import dev.vertxrpc.simulation.Keepsakes.Keepsake;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/**
 * Groups, static and dynamic, that shut down in random order with limits that pass. In most of them one dies, stands
 * still, for less than its lease or for longer, or does not come. They hold references, of which some are closed in
 * time, to values of which some do not let themselves be closed, and calls that nobody answers are under way. Every
 * shutdown is over within its limit and what the last steps may take, in success or in failure; then the tables are
 * empty, every call has ended, and no alarm and no record is left.
 *
 * <p>Seen to notice: rounds that do not end with the shutdown's limit; calls that are waited for without one; values
 * that are waited for until they are closed; rounds, or calls, that are not ended with their worker; a record that is
 * not taken away; a round of a worker that was taken for lost, which threw. Not noticed: a limit missing from the phase
 * "release", which something has to be lost for ever to reach.
 */
class ShutdownInTimeTest {
  private static final int STORMS = Integer.getInteger("storms.simulated", 200);
  private static final int STEPS = 150;
  /** Seeds that are neighbours begin almost alike. */
  private static final long SPREAD = 0x9E3779B97F4A7C15L;
  /** For what a leader has to say, or for late releases and the others' GOODBYE, 2 s, and for values to be closed. */
  private static final Duration LAST_STEPS = Duration.ofSeconds(2 + 5);
  /** The simulated clock goes in steps, and what rings takes note of the time at the end of one. */
  private static final Duration CLOCK = Duration.ofSeconds(1);
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final JsonObject SETTINGS = new JsonObject().put("callTimeoutMs", 0).put("blockedLoopMs", 3_600_000)
      .put("leaseMs", 2_000);

  /** A worker, and its end. Times are the clock's. */
  private static final class Member {
    private final RpcWorker worker;
    private Future<Void> end;
    private long due;
    private long over;
    private boolean dead;

    private Member(RpcWorker worker) {
      this.worker = worker;
    }

    private boolean isIn() {
      return end == null && !dead && !worker.ended().isComplete();
    }
  }

  private final Simulation simulation = new Simulation();
  private final List<Member> members = new ArrayList<>();
  private final List<Future<?>> calls = new ArrayList<>();
  private final List<Throwable> unhandled = new ArrayList<>();
  private Random random;
  private boolean isRough;
  private Member frozen;
  /** Shuts down when the others have ended, which wait for it in vain; null: nobody does. */
  private Member absent;
  private long thawing;

  @Test
  void everyShutdownIsOverInItsTimeWhateverHappens() {
    long seed = Long.getLong("seed", System.nanoTime());
    System.out.println("ShutdownInTimeTest: seed " + seed);
    simulation.vertx().exceptionHandler(unhandled::add);
    try (simulation) {
      for (int i = 0; i < STORMS; i++) {
        try {
          random = new Random((seed + i) * SPREAD);
          storm();
        } catch (Throwable failed) {
          throw new AssertionError("storm " + i + " of seed " + seed + ": replay with -Dseed=" + (seed + i)
              + " -Dstorms.simulated=1", failed);
        } finally {
          Keepsakes.reset();
          Actions.reset();
        }
      }
    }
  }

  private void storm() {
    members.clear();
    calls.clear();
    isRough = random.nextInt(3) > 0;
    int size = 2 + random.nextInt(4);
    List<RpcWorker> group = random.nextBoolean() ? simulation.group(size, SETTINGS)
        : simulation.dynamicGroup(size, SETTINGS);
    group.forEach(worker -> members.add(new Member(worker)));
    absent = isRough && random.nextInt(3) == 0 ? members.get(random.nextInt(size)) : null;
    int[] steps = {0};
    simulation.run(() -> {
      step();
      return ++steps[0] < STEPS;
    });
    end();
  }

  // ---- what happens

  private void step() {
    thawInTime();
    switch (random.nextInt(30)) {
      case 0, 1, 2 -> make();
      case 3, 4 -> share();
      case 5 -> close();
      case 6 -> shutdown();
      case 7, 8, 9 -> harm();
      case 10, 11, 12 -> simulation.clock().advance(Duration.ofMillis(random.nextInt(200)));
      default -> simulation.deliverOne(random);
    }
  }

  private void harm() {
    if (isRough) {
      switch (random.nextInt(3)) {
        case 0 -> leaveUnanswered();
        case 1 -> kill();
        default -> freeze();
      }
    }
  }

  private RpcWorker any(Predicate<Member> which) {
    List<Member> those = members.stream().filter(which).toList();
    return those.isEmpty() ? null : those.get(random.nextInt(those.size())).worker;
  }

  private static int rank(RpcWorker worker) {
    return worker.rpc().self().rank();
  }

  private void make() {
    RpcWorker by = any(member -> member.isIn() && member != frozen);
    RpcWorker on = any(Member::isIn);
    if (by != null && on != null) {
      Keepsakes.HELD.add(by.rpc().on(rank(on)).create(Keepsake::new, random.nextInt(10) == 0));
    }
  }

  private void share() {
    RpcWorker by = any(member -> member.isIn() && member != frozen);
    RpcWorker with = any(Member::isIn);
    if (by != null && with != null) {
      RRef<Keepsake> ref = by.rpc().own(new Keepsake(false));
      calls.add(by.rpc().on(rank(with)).call(Keepsakes::keep, ref).otherwiseEmpty());
      Keepsakes.HELD.add(ref);
    }
  }

  private static void close() {
    if (!Keepsakes.HELD.isEmpty()) {
      Keepsakes.HELD.remove(0).close();
    }
  }

  private void leaveUnanswered() {
    RpcWorker by = any(member -> member.isIn() && member != frozen);
    RpcWorker on = any(Member::isIn);
    // Rarely, because such a group cannot shut down well.
    if (by != null && on != null && random.nextInt(8) == 0) {
      calls.add(by.rpc().on(rank(on)).call(Actions::pend, calls.size()).otherwiseEmpty());
    }
  }

  private void shutdown() {
    members.stream().filter(member -> member.isIn() && member != absent).skip(random.nextInt(2)).findFirst()
        .ifPresent(this::shutdown);
  }

  private void shutdown(Member member) {
    Duration limit = Duration.ofMillis(1 + random.nextInt(List.of(300, 5_000, 60_000).get(random.nextInt(3))));
    member.due = simulation.clock().nanoTime() + limit.toNanos();
    member.end = member.worker.shutdown(limit)
        .onComplete(over -> member.over = simulation.clock().nanoTime());
  }

  /** One, as if its process was; others hear of it from the cluster, or find out themselves. */
  private void kill() {
    RpcWorker victim = any(member -> member != frozen && !member.worker.ended().isComplete());
    if (victim == null || members.stream().anyMatch(member -> member.dead) || random.nextInt(3) > 0) {
      return;
    }
    members.stream().filter(member -> member.worker == victim).forEach(member -> member.dead = true);
    WorkerInfo lost = victim.rpc().self();
    simulation.freeze(victim);
    simulation.bus().cut(lost.incarnation());
    members.stream().filter(other -> !other.dead && other != frozen && random.nextBoolean())
        .filter(other -> !other.worker.ended().isComplete()).forEach(other -> Losses.tell(other.worker, lost));
  }

  private void freeze() {
    if (frozen == null) {
      members.stream().filter(member -> !member.dead && !member.worker.ended().isComplete())
          .skip(random.nextInt(members.size())).findFirst().ifPresent(member -> {
            frozen = member;
            thawing = simulation.clock().nanoTime() + Duration.ofMillis(random.nextInt(5_000)).toNanos();
            simulation.freeze(member.worker);
          });
    }
  }

  private void thawInTime() {
    if (frozen != null && simulation.clock().nanoTime() >= thawing) {
      Member goesOn = frozen;
      frozen = null;
      // Its limit may have passed while it could do nothing.
      goesOn.due = Math.max(goesOn.due, simulation.clock().nanoTime());
      simulation.thaw(goesOn.worker);
    }
  }

  // ---- what must hold

  private void end() {
    long deadline = simulation.clock().nanoTime() + PATIENCE.toNanos();
    simulation.runUntil(() -> {
      thawInTime();
      members.stream().filter(member -> member.isIn() && member != frozen && (member != absent || isOver(absent)))
          .forEach(this::shutdown);
      return simulation.clock().nanoTime() > deadline || frozen == null && isOver(null);
    });
    members.stream().filter(member -> !member.dead).forEach(ShutdownInTimeTest::assertOverInTime);
    buryTheDead();
    members.forEach(member -> assertThat(Remains.of(member.worker)).as("left at %s", member.worker.rpc().self())
        .allSatisfy(figure -> assertThat(((Number) figure.getValue()).longValue()).as(figure.getKey()).isZero()));
    assertThat(calls).allMatch(Future::isComplete);
    assertThat(unhandled).as("what nobody has caught").isEmpty();
    Future<List<String>> recorded = Records.names(simulation.vertx(), members.get(0).worker.rpc().group().name());
    simulation.runUntil(recorded::isComplete);
    assertThat(recorded.result()).as("records").isEmpty();
    assertThat(simulation.clock().alarms()).as("alarms left").isZero();
  }

  /** Whether all but {@code one}, and the dead, have ended. */
  private boolean isOver(Member one) {
    return members.stream().allMatch(member -> member == one || member.dead || member.worker.ended().isComplete());
  }

  private static void assertOverInTime(Member member) {
    WorkerInfo self = member.worker.rpc().self();
    assertThat(member.worker.ended().isComplete()).as("%s has ended; %s", self, Remains.of(member.worker)).isTrue();
    if (member.end != null) {
      assertThat(Duration.ofNanos(member.over - member.due)).as("how much later than its limit %s was over, %s", self,
          member.end).isLessThanOrEqualTo(LAST_STEPS.plus(CLOCK));
      assertThat(member.end.succeeded() || RpcFailure.of(member.end.cause()) != RpcFailure.OTHER)
          .as("%s", member.end).isTrue();
    }
  }

  private void buryTheDead() {
    List<Future<Void>> ends = new ArrayList<>();
    simulation.run(() -> {
      members.stream().filter(member -> member.dead).forEach(member -> {
        simulation.thaw(member.worker);
        ends.add(member.worker.close());
      });
      return false;
    });
    simulation.runUntil(() -> ends.stream().allMatch(Future::isComplete));
  }
}
