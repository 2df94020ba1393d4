package dev.vertxrpc.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxrpc.Group;
import dev.vertxrpc.GroupChange;
import dev.vertxrpc.Rpc;
import dev.vertxrpc.WorkerInfo;
import dev.vertxrpc.membership.Records;
import dev.vertxrpc.runtime.Losses;
import dev.vertxrpc.runtime.RpcWorker;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

/**
 * A dynamic group whose workers join, leave, close and die in random order, also in the middle of joining and leaving,
 * while batches are lost. Everybody who stays ends with one view, which the cluster's record shares; has been told
 * just the changes that lead there; and can call everybody. Every join and every leave ends.
 *
 * <p>Seen to notice: a record that is gone and nobody told of it; a join that is told each time the entry is read; a
 * member that never answers and is waited for; records of the lost that stay; an epoch that goes back.
 */
class StormTest {
  private static final int STORMS = Integer.getInteger("storms.simulated", 30);
  private static final int CHANGES = 30;
  /** Seeds that are neighbours begin almost alike. */
  private static final long SPREAD = 0x9E3779B97F4A7C15L;
  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final JsonObject SETTINGS = new JsonObject().put("callTimeoutMs", 0).put("blockedLoopMs", 3_600_000);

  /** A worker, what its join came to, and the members it was told of. */
  private static final class Member {
    private final RpcWorker worker;
    private final Set<WorkerInfo> told = new HashSet<>();
    private Future<Rpc> joined;
    private long epoch;
    private boolean going;
    private boolean dead;

    private Member(RpcWorker worker) {
      this.worker = worker;
    }

    private void onChange(GroupChange change) {
      boolean isNews = change.kind() == GroupChange.Kind.JOINED ? told.add(change.worker())
          : told.remove(change.worker());
      assertThat(isNews).as("%s is news to %s", change, joined.result().self()).isTrue();
      assertThat(joined.result().group().epoch()).isGreaterThanOrEqualTo(change.group().epoch());
      assertThat(change.group().epoch()).as("%s after epoch %s", change, epoch).isGreaterThanOrEqualTo(epoch);
      epoch = change.group().epoch();
    }

    private boolean isIn() {
      return !going && joined.succeeded() && !worker.ended().isComplete();
    }
  }

  private final Simulation simulation = new Simulation();
  private final List<Member> members = new ArrayList<>();
  private final List<Future<?>> ends = new ArrayList<>();
  private final List<Throwable> broken = new ArrayList<>();
  private Random random;
  private String group;
  /** The names in the cluster's record. */
  private List<String> recorded;

  @Test
  void endsWithOneViewEverywhere() {
    long seed = Long.getLong("seed", System.nanoTime());
    System.out.println("StormTest: seed " + seed);
    try (simulation) {
      for (int i = 0; i < STORMS; i++) {
        try {
          group = "storm-" + i;
          storm(new Random((seed + i) * SPREAD));
        } catch (Throwable failed) {
          throw new AssertionError("storm " + i + " of seed " + seed + ": replay with -Dseed=" + (seed + i)
              + " -Dstorms.simulated=1", failed);
        }
      }
    }
  }

  private void storm(Random storm) {
    random = storm;
    members.clear();
    ends.clear();
    int[] changes = {0};
    simulation.run(() -> {
      if (random.nextInt(8) == 0) {
        change();
        changes[0]++;
      } else {
        pass();
      }
      return changes[0] < CHANGES;
    });
    // A change that is told of while nobody listens would be missed: from here on one more joins, and all is quiet.
    simulation.run(() -> {
      join();
      return false;
    });
    await("every join and every end has ended", () -> members.stream()
        .allMatch(each -> each.dead || each.joined.isComplete())
        && ends.stream().allMatch(Future::isComplete));
    // Who died without anybody noticing is noticed when it is called.
    assertEverybodyIsAnswered();
    await("one view", () -> living().stream().map(each -> each.joined.result().group()).distinct().count() == 1
        && names().equals(recorded));
    assertThat(broken).isEmpty();
    living().forEach(each -> assertThat(each.told).containsExactlyInAnyOrderElementsOf(
        each.joined.result().group().workers()));
    assertEverybodyCanCallEverybody();
    members.stream().filter(each -> !each.going).forEach(StormTest::assertUnharmed);
    end();
  }

  // ---- the steps

  private void change() {
    List<Member> there = members.stream().filter(each -> !each.going).toList();
    int kind = random.nextInt(10);
    if (there.size() < 2 || kind < 5) {
      join();
      return;
    }
    Member one = there.get(random.nextInt(there.size()));
    one.going = true;
    if (kind < 7) {
      ends.add(one.worker.leave());
    } else if (kind == 7) {
      ends.add(one.worker.close());
    } else {
      one.dead = kill(one);
      one.going = one.dead;
    }
  }

  private void join() {
    // Names and ranks are asked for again while the last holder goes, or has just died.
    JsonObject config = new JsonObject().put("group", group)
        .put("name", random.nextBoolean() ? "w-*" : "fixed" + random.nextInt(4));
    Member member = new Member(simulation.worker(config.mergeIn(SETTINGS)));
    members.add(member);
    member.joined = member.worker.join().onSuccess(rpc -> {
      // Before it is told of changes: there is none between this turn's group and the handler.
      member.told.addAll(rpc.group().workers());
      rpc.groupHandler(change -> {
        try {
          member.onChange(change);
        } catch (Throwable failed) {
          broken.add(failed);
        }
      });
    });
  }

  private boolean kill(Member one) {
    boolean killed = Losses.kill(one.worker);
    WorkerInfo lost = one.joined.succeeded() ? one.joined.result().self() : null;
    if (lost != null && random.nextBoolean()) {
      // The cluster notices, and tells some of them at once.
      members.stream().filter(Member::isIn).filter(each -> random.nextBoolean())
          .forEach(each -> Losses.tell(each.worker, lost));
    }
    return killed;
  }

  private void pass() {
    if (random.nextInt(10) == 0) {
      // Less in a whole storm than makes somebody look dead who only waits to be delivered.
      simulation.clock().advance(Duration.ofMillis(random.nextInt(300)));
    } else if (random.nextInt(20) == 0 && !simulation.bus().waiting().isEmpty()) {
      simulation.bus().drop(simulation.bus().waiting().get(0));
    } else {
      simulation.deliverOne(random);
    }
  }

  // ---- what must hold

  private List<Member> living() {
    return members.stream().filter(Member::isIn).toList();
  }

  private List<String> names() {
    return living().isEmpty() ? List.of()
        : living().get(0).joined.result().group().workers().stream().map(WorkerInfo::name).toList();
  }

  /** Who was left alone is a member, unless its name was taken when it came. */
  private static void assertUnharmed(Member member) {
    if (member.joined.failed()) {
      assertThat(member.joined.cause()).hasMessageContaining("the name is taken by");
    } else {
      assertThat(member.worker.ended().isComplete()).as("the end of %s", member.joined.result().self()).isFalse();
    }
  }

  private void assertEverybodyIsAnswered() {
    List<Future<?>> calls = new ArrayList<>();
    simulation.run(() -> {
      living().forEach(each -> each.joined.result().group().workers().forEach(to ->
          calls.add(each.joined.result().on(to).call(Holdings::self))));
      return false;
    });
    await("every call ends", () -> calls.stream().allMatch(Future::isComplete));
  }

  private void assertEverybodyCanCallEverybody() {
    List<Future<WorkerInfo>> calls = new ArrayList<>();
    List<WorkerInfo> called = new ArrayList<>();
    simulation.run(() -> {
      for (Member from : living()) {
        for (Member to : living()) {
          called.add(to.joined.result().self());
          calls.add(from.joined.result().on(to.joined.result().self().name()).call(Holdings::self));
        }
      }
      return false;
    });
    await("every call is answered", () -> calls.stream().allMatch(Future::isComplete));
    assertThat(calls.stream().map(Future::result).toList()).isEqualTo(called);
    assertThat(new HashSet<>(called)).hasSameSizeAs(names());
  }

  private void await(String what, BooleanSupplier condition) {
    long deadline = simulation.clock().nanoTime() + PATIENCE.toNanos();
    boolean[] holds = {false};
    simulation.runUntil(() -> {
      recorded = Records.names(simulation.vertx(), group).result();
      holds[0] = condition.getAsBoolean();
      return holds[0] || simulation.clock().nanoTime() > deadline;
    });
    assertThat(holds[0]).as("%s; views: %s; recorded: %s; joining: %s", what,
        living().stream().map(each -> each.joined.result().group()).map(Group::toString).distinct().toList(),
        recorded, members.stream().filter(each -> !each.joined.isComplete()).count()).isTrue();
  }

  private void end() {
    List<Future<Void>> closed = new ArrayList<>();
    simulation.run(() -> {
      members.forEach(each -> closed.add(each.worker.close()));
      return false;
    });
    await("all are closed", () -> closed.stream().allMatch(Future::isComplete));
    assertThat(simulation.clock().alarms()).as("alarms left").isZero();
    assertThat(recorded).isEmpty();
  }
}
