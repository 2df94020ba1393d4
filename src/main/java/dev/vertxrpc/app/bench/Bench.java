package dev.vertxrpc.app.bench;

import dev.vertxrpc.Rpc;
import dev.vertxrpc.app.launch.Conf;
import dev.vertxrpc.app.launch.JavaCommand;
import dev.vertxrpc.app.launch.Loopback;
import dev.vertxrpc.config.RpcConfig;
import dev.vertxrpc.runtime.RpcVertx;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Vertx;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.stream.Stream;

/** One run of some works, with the worker that measures in this process. Confined to the thread that runs it. */
final class Bench implements AutoCloseable {
  static final String GROUP = "bench";
  /** The largest echo is larger than what workers take without asking. */
  private static final JsonObject LIMITS = new JsonObject().put("maxPayloadBytes", 1 << 29)
      .put("maxBytesPerPeer", 1 << 30);
  private static final String LOG_LEVEL = "vertxrpc.log.level";
  private static final String LIBRARIES = "vertxrpc.log.libraries";

  private static final int CROWDED_LEASE_MS = 60_000;

  private final Driver driver;
  private final Peers peers;

  private Bench(Driver driver, Peers peers) {
    this.driver = driver;
    this.peers = peers;
  }

  /** Who comes and goes is no news here. Before the first logger is made. */
  static void logLess() {
    if (System.getProperty(LOG_LEVEL) == null) {
      System.setProperty(LOG_LEVEL, "ERROR");
      // Of operations that the killed did not live to answer.
      System.setProperty(LIBRARIES, "OFF");
    }
  }

  /** All workers on one Vert.x, which is in no cluster. */
  static Bench inProcess() {
    Vertx vertx = Vertx.vertx();
    return new Bench(driver(vertx, new JsonObject()), new LocalPeers(vertx));
  }

  /**
   * The others in processes that {@code java} starts, at most {@code instances} with this one, in a cluster with it,
   * with that lane both ways.
   */
  static Bench inProcesses(JavaCommand java, Class<?> main, String lane, int instances,
                           PrintWriter err) throws IOException {
    Conf conf = Conf.find(main);
    int port = Loopback.freePort();
    String seed = Loopback.HOST + ":" + port;
    Vertx vertx = Rpc.await(RpcVertx.start(RpcConfig.from(rpc().put("cluster", new JsonObject()
        .put("host", Loopback.HOST).put("port", port).put("members", new JsonArray().add(seed))))));
    // Said for the driver, whose Vert.x is made here: else it would not take sockets.
    JsonObject all = new JsonObject().put("lane", lane).put("laneHost", Loopback.HOST);
    if (instances < Integer.MAX_VALUE) {
      // With so many workers on a few processors somebody has to wait long for its turn.
      all.put("leaseMs", CROWDED_LEASE_MS);
    }
    Driver driver = driver(vertx, all);
    List<String> properties = Stream.of(LOG_LEVEL, LIBRARIES)
        .map(property -> property + "=" + System.getProperty(property)).toList();
    List<String> settings = Stream.concat(
        Stream.of("cluster.members=" + Json.encode(List.of(seed)), "limits=" + LIMITS.encode()),
        all.stream().map(each -> each.getKey() + "=" + each.getValue())).toList();
    return new Bench(driver, new ProcessPeers(driver, instances, java, conf, settings, properties, err));
  }

  private static JsonObject rpc() {
    return new JsonObject().put("name", Peers.name(0)).put("group", GROUP).put("limits", LIMITS);
  }

  private static Driver driver(Vertx vertx, JsonObject settings) {
    BenchVerticle verticle = new BenchVerticle();
    Rpc.await(vertx.deployVerticle(verticle, new DeploymentOptions().setConfig(new JsonObject()
        .put("rpc", rpc().mergeIn(settings)))));
    return new Driver(vertx, verticle.context(), verticle.rpc());
  }

  void run(List<Work> works, Settings settings, Report report) throws Exception {
    for (Work work : works) {
      work.run(driver, peers, settings, report);
    }
  }

  /** Leaves neither a process nor a thread behind. */
  @Override
  public void close() {
    peers.close();
    Rpc.await(driver.vertx().close());
  }
}
