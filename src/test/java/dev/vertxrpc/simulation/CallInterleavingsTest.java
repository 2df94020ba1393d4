package dev.vertxrpc.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxrpc.CallOptions;
import dev.vertxrpc.RemoteError;
import dev.vertxrpc.RemoteWorker;
import dev.vertxrpc.RpcException;
import dev.vertxrpc.RpcFailure;
import dev.vertxrpc.WorkerInfo;
import dev.vertxrpc.runtime.Losses;
import dev.vertxrpc.runtime.RpcWorker;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Thousands of interleavings of replies, deadlines, cancellations, losses and ends, on a manual clock. Whatever comes
 * first, each call ends once, not before its time and not after it, with an outcome that fits what its function did;
 * a failure arrives whole; and no worker keeps anything of it.
 */
class CallInterleavingsTest {
  private static final int ROUNDS = Integer.getInteger("interleavings", 2_000);
  private static final int SIZE = 3;
  private static final int STEPS = 40;
  private static final JsonObject SETTINGS = new JsonObject().put("callTimeoutMs", 5_000).put("blockedLoopMs", 60_000);

  /** One call, and what is known of it. */
  private final class Made {
    private final int number;
    private final RpcWorker caller;
    private final Promise<Void> signal = Promise.promise();
    private final long deadlineNanos;
    private final Future<Integer> future;
    private int endings;

    Made(int number, RpcWorker caller, Duration limit, java.util.function.Function<CallOptions, Future<Integer>> call) {
      this.number = number;
      this.caller = caller;
      this.deadlineNanos = simulation.clock().nanoTime() + limit.toNanos();
      this.future = call.apply(CallOptions.create().withTimeout(limit).withCancelOn(signal.future()));
      future.onComplete(done -> endings++);
    }
  }

  private final Simulation simulation = new Simulation();
  private final List<Made> calls = new ArrayList<>();
  private final List<RpcWorker> dead = new ArrayList<>();
  private final List<Future<Void>> ends = new ArrayList<>();
  private List<RpcWorker> workers;
  private Random random;
  private int numbers;

  @Test
  void everyCallEndsOnceInTimeAndLeavesNothing() {
    long seed = Long.getLong("seed", System.nanoTime());
    try (simulation) {
      for (int round = 0; round < ROUNDS; round++) {
        try {
          runRound(new Random(seed + round));
        } catch (Throwable broken) {
          throw new AssertionError("round " + round + " of seed " + seed + ": replay with -Dseed=" + (seed + round)
              + " -Dinterleavings=1", broken);
        }
      }
    }
  }

  private void runRound(Random rounds) {
    random = rounds;
    calls.clear();
    dead.clear();
    ends.clear();
    Actions.reset();
    workers = simulation.group(SIZE, SETTINGS);
    int[] steps = {0};
    simulation.run(() -> {
      // Several at once, so that some happen before what the first has begun.
      for (int i = random.nextInt(3); i >= 0; i--) {
        step();
      }
      assertNobodyIsLate();
      return ++steps[0] < STEPS;
    });
    simulation.run(simulation::deliverAny);
    calls.forEach(this::assertCancelledWithItsTree);
    simulation.runUntil(() -> calls.stream().allMatch(made -> made.future.isComplete()));
    calls.forEach(this::assertOutcome);
    simulation.runUntil(() -> workers.stream().filter(worker -> !dead.contains(worker))
        .allMatch(CallInterleavingsTest::isIdle));
    boolean together = dead.isEmpty();
    simulation.run(() -> {
      workers.forEach(worker -> ends.add(together ? worker.shutdown() : worker.close()));
      return false;
    });
    simulation.runUntil(() -> ends.stream().allMatch(Future::isComplete));
    assertThat(ends).as("ends").allMatch(end -> !together || end.succeeded());
    assertThat(simulation.clock().alarms()).as("alarms left").isZero();
  }

  private void step() {
    switch (random.nextInt(16)) {
      case 0, 1, 2, 3 -> call();
      case 4, 5, 6, 7, 8, 9 -> simulation.deliverOne(random);
      case 10 -> simulation.clock().advance(Duration.ofMillis(random.nextInt(400)));
      case 11, 12 -> keepAPromise();
      case 13, 14 -> cancel();
      default -> {
        if (random.nextInt(10) == 0) {
          end(workers.get(random.nextInt(SIZE)));
        }
      }
    }
  }

  private void call() {
    RpcWorker caller = workers.get(random.nextInt(SIZE));
    if (dead.contains(caller)) {
      return;
    }
    int number = numbers;
    numbers += 10;
    Duration limit = Duration.ofMillis(1 + random.nextInt(1_000));
    int callee = random.nextInt(SIZE);
    int further = random.nextInt(SIZE);
    int kind = random.nextInt(4);
    calls.add(new Made(number, caller, limit, options -> {
      RemoteWorker to = caller.rpc().on(callee).with(options);
      return switch (kind) {
        case 0 -> to.call(Actions::echo, number);
        case 1 -> to.call(Actions::pend, number);
        case 2 -> to.call(Actions::fail, number);
        default -> to.call(Actions::relay, further, number);
      };
    }));
  }

  private void keepAPromise() {
    List<Integer> promised = new ArrayList<>(Actions.PROMISED.keySet());
    if (!promised.isEmpty()) {
      int number = promised.get(random.nextInt(promised.size()));
      Actions.PROMISED.remove(number).complete(number);
    }
  }

  private void cancel() {
    if (!calls.isEmpty()) {
      calls.get(random.nextInt(calls.size())).signal.tryComplete();
    }
  }

  /** It crashes and the others are told, or it closes, or it leaves. */
  private void end(RpcWorker worker) {
    if (dead.contains(worker)) {
      return;
    }
    dead.add(worker);
    switch (random.nextInt(3)) {
      case 0 -> {
        WorkerInfo lost = worker.rpc().self();
        simulation.bus().cut(lost.incarnation());
        workers.stream().filter(other -> !dead.contains(other)).forEach(other -> Losses.tell(other, lost));
        ends.add(worker.close());
      }
      case 1 -> ends.add(worker.close());
      default -> ends.add(worker.leave());
    }
  }

  private void assertNobodyIsLate() {
    long now = simulation.clock().nanoTime();
    assertThat(calls).allSatisfy(made -> assertThat(made.future.isComplete() || made.deadlineNanos > now)
        .as("call %d has ended by its deadline", made.number).isTrue());
  }

  /** Whoever serves a call that was cancelled, or one that was made for it, has heard of it, unless it has answered. */
  private void assertCancelledWithItsTree(Made made) {
    if (made.future.failed() && RpcFailure.of(made.future.cause()) == RpcFailure.CANCELLED) {
      List.of(made.number, made.number + 1).forEach(number -> {
        if (Actions.PROMISED.containsKey(number) && dead.isEmpty()) {
          assertThat(Actions.PENDING.get(number).isCancelled()).as("call %d is cancelled", number).isTrue();
        }
      });
    }
  }

  private void assertOutcome(Made made) {
    assertThat(made.endings).as("endings of call %d", made.number).isEqualTo(1);
    boolean ran = Actions.RAN.contains(made.number);
    if (made.future.succeeded()) {
      assertThat(made.future.result()).isBetween(made.number, made.number + 1);
      assertThat(ran).isTrue();
      return;
    }
    RpcException failure = (RpcException) made.future.cause();
    if (!failure.mayHaveRun()) {
      assertThat(ran).as("call %d has run, and failed with %s", made.number, failure).isFalse();
    }
    switch (failure.failure()) {
      case TIMEOUT -> assertThat(simulation.clock().nanoTime()).isGreaterThanOrEqualTo(made.deadlineNanos);
      case CANCELLED -> assertThat(made.signal.future().isComplete()).isTrue();
      case WORKER_LOST, WORKER_LEFT, NO_SUCH_WORKER -> assertThat(dead).isNotEmpty();
      case NOT_JOINED -> assertThat(dead).contains(made.caller);
      case REMOTE -> assertRemote(made, failure.remoteError().orElseThrow());
      default -> throw new AssertionError("call " + made.number + " failed", failure);
    }
  }

  private static void assertRemote(Made made, RemoteError error) {
    if (error.type().equals(IllegalStateException.class.getName())) {
      assertThat(error.message()).isEqualTo("number " + made.number);
      assertThat(error.cause().orElseThrow().message()).isEqualTo("cause of " + made.number);
      assertThat(error.frames().get(0)).contains("Actions.fail");
    } else {
      // A nested call failed: with what, its own failure says.
      assertThat(error.type()).isEqualTo(RpcException.class.getName());
    }
  }

  private static boolean isIdle(RpcWorker worker) {
    JsonObject figures = worker.debugInfo();
    return figures.fieldNames().stream().allMatch(name -> figures.getInteger(name) == 0);
  }
}
