package dev.vertxrpc.app.bench;

import dev.vertxrpc.Rpc;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.Map;

/** Workers on the Vert.x of the driver, which is in no cluster. Confined to the thread that runs the works. */
final class LocalPeers implements Peers {
  private final Vertx vertx;
  private final Map<String, String> deployments = new HashMap<>();

  LocalPeers(Vertx vertx) {
    this.vertx = vertx;
  }

  @Override
  public boolean isThere(String name) {
    return deployments.containsKey(name);
  }

  @Override
  public void start(String name) {
    JsonObject rpc = new JsonObject().put("name", name).put("group", Bench.GROUP)
        .put("leaveTimeoutMs", 1);
    deployments.put(name, Rpc.await(vertx.deployVerticle(new BenchVerticle(),
        new DeploymentOptions().setConfig(new JsonObject().put("rpc", rpc)))));
  }

  @Override
  public void kill(String name) {
    throw new UnsupportedOperationException(name + " has no process of its own");
  }

  @Override
  public void freeze(String name) {
    kill(name);
  }

  /** One that has ended is undeployed already, or about to be. */
  @Override
  public void remove(String name) {
    Rpc.await(vertx.undeploy(deployments.remove(name)).otherwiseEmpty());
  }

  /** They end with their Vert.x, which is the driver's. */
  @Override
  public void close() {}
}
