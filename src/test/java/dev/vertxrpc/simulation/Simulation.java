package dev.vertxrpc.simulation;

import dev.vertxrpc.Rpc;
import dev.vertxrpc.config.RpcConfig;
import dev.vertxrpc.runtime.RpcWorker;
import dev.vertxrpc.testing.ManualClock;
import dev.vertxrpc.testing.TestGroup;
import dev.vertxrpc.wire.SimulatedBus;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.IntFunction;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * Whole workers on one event loop, with a clock and a bus that do what they are told: the same steps give the same
 * outcome. A step runs on the loop, and is over when the loop has nothing left to do.
 */
public final class Simulation implements AutoCloseable {
  private static final Duration TICK = Duration.ofMillis(100);

  private final Loop loop = new Loop();
  private final ManualClock clock = new ManualClock();
  private final SimulatedBus bus = new SimulatedBus();
  private final Map<RpcWorker, WorkerClock> clocks = new HashMap<>();
  private int groups;
  private int nodes;

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
    return group(size, rank -> new JsonObject().put("worldSize", size).mergeIn(settings.apply(rank)), newName());
  }

  /** The same, which others may join. */
  public List<RpcWorker> dynamicGroup(int size, JsonObject settings) {
    return group(size, rank -> settings, newName());
  }

  private String newName() {
    clocks.clear();
    nodes = 0;
    return "simulated-" + groups++;
  }

  private List<RpcWorker> group(int size, IntFunction<JsonObject> settings, String name) {
    List<Future<Rpc>> joins = new ArrayList<>();
    List<RpcWorker> workers = IntStream.range(0, size).mapToObj(rank -> create(name, rank, settings.apply(rank)))
        .toList();
    begin(workers, joins);
    runUntil(() -> joins.stream().allMatch(Future::isComplete));
    joins.forEach(TestGroup::get);
    return workers;
  }

  /** One worker, not yet joined. */
  public RpcWorker worker(JsonObject settings) {
    OwnVertx vertx = new OwnVertx((VertxInternal) loop.vertx(), OwnVertx.NODES.get(nodes++ % OwnVertx.NODES.size()));
    WorkerClock ownClock = new WorkerClock(clock);
    bus.install(vertx, ownClock);
    RpcWorker worker = RpcWorker.create(vertx,
        RpcConfig.from(new JsonObject().put("joinTimeoutMs", Integer.MAX_VALUE).mergeIn(settings)));
    clocks.put(worker, ownClock);
    return worker;
  }

  /** A worker that takes the name and the rank of one that is gone; its join goes to {@code joins}. Not on the loop. */
  RpcWorker replace(RpcWorker gone, JsonObject settings, List<Future<Rpc>> joins) {
    RpcWorker worker = create(gone.rpc().group().name(), gone.rpc().self().rank(), settings);
    begin(List.of(worker), joins);
    return worker;
  }

  private RpcWorker create(String group, int rank, JsonObject settings) {
    return worker(new JsonObject().put("name", "w" + rank).put("rank", rank).put("group", group).mergeIn(settings));
  }

  // Not everything before a worker can be written to happens on the loop; no time passes meanwhile.
  private void begin(List<RpcWorker> workers, List<Future<Rpc>> joins) {
    Set<String> before = bus.addresses();
    workers.forEach(worker -> joins.add(worker.join()));
    run(() -> joins.stream().noneMatch(Future::failed) && bus.addresses().stream()
        .filter(address -> !before.contains(address)).count() < workers.size());
  }

  /** It stands still: nothing reaches it, and nothing rings. On the loop. */
  void freeze(RpcWorker worker) {
    clocks.get(worker).freeze();
    bus.freeze(worker.rpc().self().incarnation());
  }

  /** It goes on; what has become due meanwhile rings. On the loop. */
  void thaw(RpcWorker worker) {
    bus.thaw(worker.rpc().self().incarnation());
    clocks.get(worker).thaw();
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
    loop.close();
  }
}
