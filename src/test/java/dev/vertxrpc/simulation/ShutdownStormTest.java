package dev.vertxrpc.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxrpc.Rpc;
import dev.vertxrpc.RpcFailure;
import dev.vertxrpc.membership.Records;
import dev.vertxrpc.runtime.RpcWorker;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/**
 * Groups that shut down while workers join and leave, in random order. Everybody who has joined shuts the group down,
 * sooner or later, or leaves; all of that ends well and long before its limit. Whoever comes too late to a dynamic
 * group is told so at once; a static one, which nobody leaves, takes all of its members in. What has a limit that
 * passes, and what goes wrong meanwhile, is {@link ShutdownInTimeTest}'s.
 *
 * <p>Seen to notice: a group that is not marked as closing before its members meet; a round that is not tried again
 * when somebody has left meanwhile; a wait for the others' GOODBYE that does not end; a record that is not taken away.
 */
class ShutdownStormTest {
  private static final int STORMS = Integer.getInteger("storms.simulated", 200);
  private static final int MOST_JOINS = 6;
  /** Seeds that are neighbours begin almost alike. */
  private static final long SPREAD = 0x9E3779B97F4A7C15L;
  private static final Duration LIMIT = Duration.ofHours(1);
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final JsonObject SETTINGS = new JsonObject().put("callTimeoutMs", 0).put("blockedLoopMs", 3_600_000)
      // A batch may have to wait for long: nobody is taken for lost here.
      .put("leaseMs", 3_600_000);

  /** A worker, what its join came to, and its end. */
  private static final class Member {
    private final RpcWorker worker;
    private final Future<Rpc> joined;
    private Future<Void> end;

    private Member(RpcWorker worker, Future<Rpc> joined) {
      this.worker = worker;
      this.joined = joined;
    }

    private boolean isIn() {
      return joined.succeeded() && end == null;
    }
  }

  private final Simulation simulation = new Simulation();
  private final List<Member> members = new ArrayList<>();
  private Random random;
  private String group;

  @Test
  void aShutdownThatMeetsJoinsEndsWell() {
    storms(this::storm);
  }

  @Test
  void aShutdownOfAStaticGroupTakesInWhoHasNotMetEverybody() {
    storms(this::staticStorm);
  }

  private void storms(Consumer<Random> kind) {
    long seed = Long.getLong("seed", System.nanoTime());
    System.out.println("ShutdownStormTest: seed " + seed);
    try (simulation) {
      for (int i = 0; i < STORMS; i++) {
        try {
          group = "closing-" + i;
          members.clear();
          kind.accept(new Random((seed + i) * SPREAD));
        } catch (Throwable failed) {
          throw new AssertionError("storm " + i + " of seed " + seed + ": replay with -Dseed=" + (seed + i)
              + " -Dstorms.simulated=1", failed);
        }
      }
    }
  }

  private void storm(Random storm) {
    random = storm;
    int first = 1 + random.nextInt(3);
    begin(first, new JsonObject());
    await("the first have joined", () -> members.stream().allMatch(Member::isIn));
    simulation.run(() -> {
      step();
      return !isOver();
    });
    end();
  }

  private void staticStorm(Random storm) {
    random = storm;
    int size = 2 + random.nextInt(4);
    begin(size, new JsonObject().put("worldSize", size));
    simulation.run(() -> {
      if (random.nextInt(8) == 0) {
        anyIn().ifPresent(this::shutdown);
      } else if (random.nextInt(8) == 0 || !simulation.deliverOne(random)) {
        simulation.clock().advance(Duration.ofMillis(random.nextInt(300)));
      }
      return !isOver();
    });
    end();
    assertThat(members).as("whose join failed").allMatch(each -> each.joined.succeeded());
  }

  private void begin(int size, JsonObject settings) {
    simulation.run(() -> {
      for (int i = 0; i < size; i++) {
        join(settings);
      }
      return false;
    });
  }

  private void end() {
    long begun = simulation.clock().nanoTime();
    await("all have ended", () -> {
      // Whoever has still come in goes with the others.
      members.stream().filter(Member::isIn).forEach(this::shutdown);
      return members.stream().allMatch(each -> each.joined.isComplete() && (each.joined.failed() || hasEnded(each)));
    });
    assertThat(Duration.ofNanos(simulation.clock().nanoTime() - begun)).isLessThan(PATIENCE);
    members.forEach(ShutdownStormTest::assertEndedWell);
    await("nothing is recorded", () -> List.of().equals(Records.names(simulation.vertx(), group).result()));
    assertThat(simulation.clock().alarms()).as("alarms left").isZero();
  }

  private void step() {
    int kind = random.nextInt(24);
    if (kind == 0 && members.size() < MOST_JOINS) {
      join(new JsonObject());
    } else if (kind == 1) {
      anyIn().ifPresent(this::shutdown);
    } else if (kind == 2 && random.nextInt(4) == 0) {
      anyIn().ifPresent(each -> each.end = each.worker.leave());
    } else if (kind < 5) {
      simulation.clock().advance(Duration.ofMillis(random.nextInt(300)));
    } else {
      simulation.deliverOne(random);
    }
  }

  private boolean isOver() {
    return members.stream().noneMatch(Member::isIn) && members.stream().allMatch(each -> each.joined.isComplete());
  }

  private Optional<Member> anyIn() {
    List<Member> in = members.stream().filter(Member::isIn).toList();
    return in.isEmpty() ? Optional.empty() : Optional.of(in.get(random.nextInt(in.size())));
  }

  private void join(JsonObject settings) {
    // Names that come before and after those that are there: a newcomer may be the one that leads.
    RpcWorker worker = simulation.worker(new JsonObject().put("group", group)
        .put("name", (char) ('a' + random.nextInt(26)) + "-*").mergeIn(SETTINGS)
        .mergeIn(settings));
    members.add(new Member(worker, worker.join()));
  }

  private void shutdown(Member member) {
    member.end = member.worker.shutdown(LIMIT);
  }

  private static boolean hasEnded(Member member) {
    return member.end != null && member.end.isComplete();
  }

  private static void assertEndedWell(Member member) {
    if (member.joined.failed()) {
      assertThat(RpcFailure.of(member.joined.cause())).isEqualTo(RpcFailure.NOT_JOINED);
      assertThat(member.joined.cause()).hasMessageContaining("it is being shut down by [");
    } else {
      assertThat(member.end.cause()).as("the end of %s", member.joined.result().self()).isNull();
    }
  }

  private void await(String what, BooleanSupplier condition) {
    long deadline = simulation.clock().nanoTime() + PATIENCE.toNanos();
    boolean[] holds = {false};
    simulation.runUntil(() -> {
      holds[0] = condition.getAsBoolean();
      return holds[0] || simulation.clock().nanoTime() > deadline;
    });
    assertThat(holds[0]).as("%s; there are %s", what, members.stream().map(each -> each.joined + " " + each.end)
        .toList()).isTrue();
  }
}
