package dev.vertxrpc.processes;

import static dev.vertxrpc.testing.TestGroup.get;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxrpc.Rpc;
import dev.vertxrpc.WorkerInfo;
import dev.vertxrpc.config.RpcConfig;
import dev.vertxrpc.runtime.RpcVertx;
import dev.vertxrpc.runtime.RpcWorker;
import dev.vertxrpc.testing.TestGroup;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A dynamic group of one worker here, the driver, and some in processes of their own. Confined to the test's thread.
 */
final class Processes implements AutoCloseable {
  static final String DRIVER = "driver";
  private static final int LEASE_MS = 3_000;
  private static final int SHORT_MS = 500;
  private static final int LOOK_AGAIN_MS = 50;
  private static final int LIMIT_SECONDS = 90;

  private final int port = TestGroup.freePort();
  private final Vertx vertx = get(RpcVertx.start(RpcConfig.from(node(port))));
  private final Map<String, WorkerProcess> children = new TreeMap<>();
  private RpcWorker driver;

  /** {@code names}: of those in processes of their own. */
  Processes(String... names) {
    joinDriver();
    start(List.of(names));
  }

  private void joinDriver() {
    driver = RpcWorker.create(vertx, RpcConfig.from(settings(DRIVER)));
    Pockets.of(driver);
    get(driver.join());
  }

  private JsonObject node(int ownPort) {
    return new JsonObject().put("name", "any").put("cluster", new JsonObject().put("name", "test-" + port)
        .put("port", ownPort).put("members", new JsonArray().add("127.0.0.1:" + port))
        // Later than the lease: who is frozen is lost by that.
        .put("heartbeatTimeoutMs", 20_000));
  }

  private static JsonObject settings(String name) {
    return new JsonObject().put("name", name).put("leaseMs", LEASE_MS).put("callTimeoutMs", 20_000)
        .put("blockedLoopMs", 10_000)
        // Or they would have no streams.
        .put("laneHost", "127.0.0.1");
  }

  /** Starts workers of those names, and waits until they have joined. */
  void start(List<String> names) {
    names.forEach(name -> children.put(name, WorkerProcess.start(name, node(TestGroup.freePort()), settings(name))));
    names.forEach(name -> {
      await(name + " joined", () -> children.get(name).joined().isComplete(), () -> children.get(name).output());
      long incarnation = get(children.get(name).joined());
      await(name + " known", () -> rpc().group().worker(name).map(WorkerInfo::incarnation)
          .filter(known -> known == incarnation).isPresent(),
          () -> rpc().group().workers());
    });
  }

  Rpc rpc() {
    return driver.rpc();
  }

  List<String> children() {
    return List.copyOf(children.keySet());
  }

  List<String> names() {
    return Stream.concat(Stream.of(DRIVER), children.keySet().stream()).toList();
  }

  WorkerProcess child(String name) {
    return children.get(name);
  }

  long incarnation(String name) {
    return name.equals(DRIVER) ? rpc().self().incarnation() : get(children.get(name).joined());
  }

  /** For less than its lease. */
  void freezeShortly(String name) {
    children.get(name).freeze();
    vertx.timer(SHORT_MS, TimeUnit.MILLISECONDS).onComplete(passed -> children.get(name).thaw());
  }

  /** Has it leave in good order; its process ends with that. */
  void leave(String name) {
    rpc().on(name).call(Meetings::leave);
  }

  /** Shuts the whole group down, with which the processes end; the driver begins a new one of that name. */
  void shutDown() {
    children.keySet().forEach(name -> get(rpc().on(name).call(Pockets::shutdown)));
    get(driver.shutdown(Pockets.SHUTDOWN_LIMIT));
    children.values().forEach(child -> assertThat(get(child.ended())).as("%s, which has said %s", child.name(),
        child.output()).isZero());
    assertThat(driver.debugInfo()).allSatisfy(figure ->
        assertThat(((Number) figure.getValue()).intValue()).as("%s", figure).isZero());
    children.clear();
    joinDriver();
  }

  void awaitLoss(WorkerInfo worker) {
    await(worker + " lost", () -> !rpc().group().workers().contains(worker), () -> rpc().group().workers());
  }

  /** Until all know all that are there now. */
  void awaitAgreement() {
    Set<Long> there = names().stream().map(this::incarnation).collect(Collectors.toSet());
    names().forEach(name -> await(name + " knows all", () -> get(rpc().on(name).call(Pockets::members)).equals(there),
        () -> get(rpc().on(name).call(Pockets::members))));
  }

  void awaitNothingIsKept() {
    await(DRIVER + " keeps nothing", () -> driver.debugInfo().stream()
        .allMatch(figure -> ((Number) figure.getValue()).intValue() == 0), driver::debugInfo);
    children.keySet().forEach(name -> await(name + " keeps nothing",
        () -> figures(name).values().stream().allMatch(figure -> figure == 0), () -> figures(name)));
  }

  private Map<String, Integer> figures(String name) {
    return get(rpc().on(name).call(Pockets::figures));
  }

  // Other processes tell nothing when something has happened in them, so there is no way but to look again.
  private void await(String what, BooleanSupplier condition, Supplier<?> found) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - deadline > 0) {
        throw new AssertionError("not in time: " + what + "; found " + found.get());
      }
      get(vertx.timer(LOOK_AGAIN_MS, TimeUnit.MILLISECONDS));
    }
  }

  /** What the children have printed. */
  void printOutput() {
    children.values().forEach(child -> child.output().forEach(line -> System.out.println(child.name() + ": " + line)));
  }

  @Override
  public void close() {
    children.values().forEach(WorkerProcess::kill);
    children.values().forEach(child -> get(child.ended()));
    get(driver.close());
    get(vertx.close());
  }
}
