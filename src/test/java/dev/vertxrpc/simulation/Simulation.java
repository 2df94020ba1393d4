package dev.vertxrpc.simulation;

import dev.vertxrpc.Rpc;
import dev.vertxrpc.config.RpcConfig;
import dev.vertxrpc.runtime.RpcWorker;
import dev.vertxrpc.testing.ManualClock;
import dev.vertxrpc.testing.TestGroup;
import dev.vertxrpc.wire.Node;
import dev.vertxrpc.wire.SimulatedBus;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.IntFunction;
import java.util.random.RandomGenerator;

/**
 * Whole workers on one event loop, with a clock and a bus that do what they are told: the same steps give the same
 * outcome. A step runs on the loop, and is over when the loop has nothing left to do.
 */
public final class Simulation implements AutoCloseable {
  private static final Duration TICK = Duration.ofMillis(100);

  private final Loop loop = new Loop();
  private final ManualClock clock = new ManualClock();
  private final SimulatedBus bus = new SimulatedBus();
  private final Node node = bus.install(loop.vertx(), clock);
  private int groups;

  public Vertx vertx() {
    return loop.vertx();
  }

  public ManualClock clock() {
    return clock;
  }

  public SimulatedBus bus() {
    return bus;
  }

  /** A new group of so many workers, all joined. Not on the loop. */
  public List<RpcWorker> group(int size, JsonObject settings) {
    return group(size, rank -> settings);
  }

  /** The same, each with settings of its own. */
  public List<RpcWorker> group(int size, IntFunction<JsonObject> settings) {
    String name = "simulated-" + groups++;
    List<RpcWorker> workers = new ArrayList<>();
    List<Future<Rpc>> joins = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      JsonObject config = new JsonObject().put("name", "w" + i).put("rank", i).put("group", name)
          .put("worldSize", size).put("joinTimeoutMs", Integer.MAX_VALUE).mergeIn(settings.apply(i));
      workers.add(RpcWorker.create(loop.vertx(), RpcConfig.from(config)));
    }
    workers.forEach(worker -> joins.add(worker.join()));
    runUntil(() -> joins.stream().allMatch(Future::isComplete));
    joins.forEach(TestGroup::get);
    return workers;
  }

  /** One worker, not yet joined. */
  public RpcWorker worker(JsonObject settings) {
    return RpcWorker.create(loop.vertx(), RpcConfig.from(new JsonObject().put("joinTimeoutMs", Integer.MAX_VALUE)
        .mergeIn(settings)));
  }

  /** Repeats {@code step} on the loop, each time when all that came of the last has happened, until it says no. */
  public void run(BooleanSupplier step) {
    loop.run(step);
  }

  /** Delivers everything, and lets time pass where nothing is left to deliver, until {@code condition} holds. */
  public void runUntil(BooleanSupplier condition) {
    run(() -> {
      if (condition.getAsBoolean()) {
        return false;
      }
      if (!deliverAny()) {
        clock.advance(TICK);
      }
      return true;
    });
  }

  /** Delivers what has waited longest. Whether there was something. */
  public boolean deliverAny() {
    List<SimulatedBus.Hop> hops = bus.waiting();
    hops.stream().findFirst().ifPresent(bus::deliver);
    return !hops.isEmpty();
  }

  /** Delivers a batch that waits somewhere. Whether there was one. */
  public boolean deliverOne(RandomGenerator random) {
    List<SimulatedBus.Hop> hops = bus.waiting();
    if (!hops.isEmpty()) {
      bus.deliver(hops.get(random.nextInt(hops.size())));
    }
    return !hops.isEmpty();
  }

  @Override
  public void close() {
    TestGroup.get(node.release());
    loop.close();
  }
}
