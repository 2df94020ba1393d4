package dev.vertxrpc.processes;

import static dev.vertxrpc.testing.TestGroup.get;

import dev.vertxrpc.RemoteWorker;
import dev.vertxrpc.config.RpcConfig;
import dev.vertxrpc.runtime.RpcVertx;
import dev.vertxrpc.runtime.RpcWorker;
import dev.vertxrpc.testing.TestGroup;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/**
 * A driver here and a peer in a process of its own, which have joined. The cluster says nothing of a peer that is
 * frozen before it is lost. Confined to the test's thread.
 */
final class ProcessPair implements AutoCloseable {
  static final int LEASE_MS = 2_000;
  private static final String PEER = "peer";

  final Vertx vertx;
  final WorkerProcess peer;
  private final int port = TestGroup.freePort();
  private final RpcWorker driver;

  /** {@code lane} and its {@code value} are in the settings of both. */
  ProcessPair(String lane, String value) {
    vertx = get(RpcVertx.start(RpcConfig.from(node(port))));
    driver = RpcWorker.create(vertx, RpcConfig.from(settings("driver").put(lane, value)));
    get(driver.join());
    peer = WorkerProcess.start(PEER, node(0), settings(PEER).put(lane, value));
    get(peer.joined());
  }

  private JsonObject node(int ownPort) {
    return new JsonObject().put("name", "any").put("cluster", new JsonObject().put("name", "test-" + port)
        .put("port", ownPort).put("members", new JsonArray().add("127.0.0.1:" + port))
        .put("heartbeatTimeoutMs", 60_000));
  }

  private static JsonObject settings(String name) {
    return new JsonObject().put("name", name).put("leaseMs", LEASE_MS).put("callTimeoutMs", 0);
  }

  /** The peer, as the driver calls it. */
  RemoteWorker onPeer() {
    return driver.rpc().on(PEER);
  }

  @Override
  public void close() {
    peer.kill();
    get(peer.ended());
    get(driver.close());
    get(vertx.close());
  }
}
