package dev.vertxrpc.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxrpc.Rpc;
import dev.vertxrpc.config.RpcConfig;
import dev.vertxrpc.runtime.RpcVertx;
import dev.vertxrpc.runtime.RpcWorker;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import java.util.function.ObjIntConsumer;

/**
 * A static group of workers w0, w1, ... that has joined, in one plain Vert.x instance or in a Hazelcast
 * cluster of one member each. Closing it shuts the workers down together and fails if anything leaks.
 * Confined to the test's thread.
 */
public final class TestGroup implements AutoCloseable {
  private static final long LIMIT_SECONDS = 30;
  private static final long LOOK_AGAIN_MILLIS = 5;
  private static final JsonObject WITH_STREAMS = new JsonObject().put("laneHost", "127.0.0.1");
  private static final AtomicInteger NUMBERS = new AtomicInteger();
  private static final int FIRST_PORT = 20_000;
  private static final int PORTS = 12_000;

  private final String name;
  private final List<Vertx> instances;
  private final List<RpcWorker> workers = new ArrayList<>();

  /** Ended before the others; their last figures are not looked at. */
  private final Set<RpcWorker> goneEarly = new HashSet<>();

  private TestGroup(List<Vertx> instances, int size, IntFunction<JsonObject> settings,
                    ObjIntConsumer<RpcWorker> prepared) {
    this.name = "group-" + NUMBERS.incrementAndGet();
    this.instances = instances;
    for (int i = 0; i < size; i++) {
      JsonObject config = new JsonObject().put("name", "w" + i).put("group", name).put("rank", i)
          .put("worldSize", size).mergeIn(settings.apply(i));
      workers.add(RpcWorker.create(instances.get(i % instances.size()), RpcConfig.from(config)));
    }
    for (int i = 0; i < size; i++) {
      prepared.accept(workers.get(i), i);
    }
    workers.stream().map(RpcWorker::join).toList().forEach(TestGroup::get);
  }

  /** Workers in one Vert.x instance that is not clustered. */
  public static TestGroup local(int size) {
    return local(size, new JsonObject());
  }

  /** The same, with settings beside name, group, rank and world size. */
  public static TestGroup local(int size, JsonObject settings) {
    return new TestGroup(List.of(Vertx.vertx()), size, rank -> settings, (worker, rank) -> { });
  }

  /** Workers of which each has settings of its own. */
  public static TestGroup differing(int size, IntFunction<JsonObject> settings) {
    return new TestGroup(List.of(Vertx.vertx()), size, settings, (worker, rank) -> { });
  }

  /** The same, with settings, and each worker prepared before it joins. */
  public static TestGroup local(int size, JsonObject settings, Consumer<RpcWorker> prepared) {
    return local(size, settings, (worker, rank) -> prepared.accept(worker));
  }

  /** The same, each worker prepared as its rank says. */
  public static TestGroup local(int size, JsonObject settings, ObjIntConsumer<RpcWorker> prepared) {
    return new TestGroup(List.of(Vertx.vertx()), size, rank -> settings, prepared);
  }

  /** The same, each worker prepared before it joins. */
  public static TestGroup local(int size, Consumer<RpcWorker> prepared) {
    return local(size, new JsonObject(), prepared);
  }

  /** Workers in a Hazelcast cluster in this JVM, one member each. */
  public static TestGroup clustered(int size) {
    return clustered(size, new JsonObject());
  }

  /** The same, with those settings for all. */
  public static TestGroup clustered(int size, JsonObject settings) {
    return new TestGroup(cluster(size), size, rank -> WITH_STREAMS.copy().mergeIn(settings), (worker, rank) -> { });
  }

  /** So many workers, in turn in so many members of a Hazelcast cluster in this JVM. */
  public static TestGroup clustered(int members, int size) {
    return new TestGroup(cluster(members), size, rank -> WITH_STREAMS.copy(), (worker, rank) -> { });
  }

  /** Members of one new Hazelcast cluster in this JVM, started one after the other. */
  public static List<Vertx> cluster(int size) {
    int port = freePort();
    List<Vertx> members = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      JsonObject cluster = new JsonObject().put("name", "test-" + port).put("port", i == 0 ? port : 0)
          .put("members", new JsonArray().add("127.0.0.1:" + port));
      members.add(get(RpcVertx.start(RpcConfig.from(new JsonObject().put("name", "any").put("cluster", cluster)))));
    }
    return members;
  }

  /**
   * A port that was free a moment ago. None of those that the system gives to connections: one to a process that has
   * died could get that of the process itself, and would be connected to itself.
   */
  public static int freePort() {
    while (true) {
      int port = FIRST_PORT + ThreadLocalRandom.current().nextInt(PORTS);
      try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
        return socket.getLocalPort();
      } catch (BindException taken) {
        continue;
      } catch (IOException none) {
        throw new UncheckedIOException(none);
      }
    }
  }

  public String name() {
    return name;
  }

  public RpcWorker worker(int rank) {
    return workers.get(rank);
  }

  public Rpc rpc(int rank) {
    return workers.get(rank).rpc();
  }

  public Vertx vertx(int rank) {
    return instances.get(rank % instances.size());
  }

  /** The value of {@code future}, or its failure; waits for a bounded time. */
  public static <T> T get(Future<T> future) {
    return Rpc.await(future.timeout(LIMIT_SECONDS + 1, TimeUnit.SECONDS));
  }

  /** What {@code future} fails with. */
  public static Throwable failure(Future<?> future) {
    return get(future.transform(done -> done.failed() ? Future.succeededFuture(done.cause())
        : Future.failedFuture(new AssertionError("succeeded with " + done.result()))));
  }

  /** Waits, for a bounded time, until that is so. */
  public void eventually(String what, BooleanSupplier condition) {
    Promise<Void> itIs = Promise.promise();
    long timer = instances.get(0).setPeriodic(LOOK_AGAIN_MILLIS, again -> {
      if (condition.getAsBoolean()) {
        itIs.tryComplete();
      }
    });
    get(itIs.future().timeout(LIMIT_SECONDS, TimeUnit.SECONDS).recover(late -> Future.failedFuture(
        new AssertionError("not in time: " + what + "; "
            + workers.stream().map(RpcWorker::debugInfo).toList())))
        .onComplete(done -> instances.get(0).cancelTimer(timer)));
  }

  /** One figure of a worker's debug info. */
  public int figure(int rank, String name) {
    return workers.get(rank).debugInfo().getInteger(name);
  }

  /** Ends a worker at once, calls and references and all. From then on the group cannot shut down together. */
  public void lose(int rank) {
    goneEarly.add(workers.get(rank));
    get(workers.get(rank).close().otherwiseEmpty());
  }

  /** Has a worker leave. From then on the group cannot shut down together. */
  public void leave(int rank) {
    goneEarly.add(workers.get(rank));
    get(workers.get(rank).leave());
  }

  /** Shuts all workers down together. */
  public void shutdown() {
    workers.stream().map(RpcWorker::shutdown).toList().forEach(TestGroup::get);
  }

  private void end() {
    if (!goneEarly.isEmpty()) {
      workers.stream().filter(worker -> !goneEarly.contains(worker)).forEach(worker -> get(worker.leave()));
    } else {
      shutdown();
    }
  }

  @Override
  public void close() {
    try {
      end();
      workers.stream().filter(worker -> !goneEarly.contains(worker)).forEach(TestGroup::assertNothingLeaks);
      instances.forEach(this::assertNothingLeaks);
    } finally {
      instances.forEach(vertx -> get(vertx.close()));
    }
  }

  private static void assertNothingLeaks(RpcWorker worker) {
    worker.debugInfo().forEach(figure -> assertThat(((Number) figure.getValue()).longValue())
        .as(figure.getKey() + " left at the end").isZero());
  }

  private void assertNothingLeaks(Vertx vertx) {
    assertThat(vertx.sharedData().getLocalMap("dev.vertxrpc.node").isEmpty()).as("node released").isTrue();
    String entry = get(vertx.sharedData().<String, String>getAsyncMap("vertx-rpc.groups")
        .compose(groups -> groups.get(name)));
    assertThat(entry).as("the group's entry").isNull();
  }
}
