package dev.vertxrpc.runtime;

import static dev.vertxrpc.testing.TestGroup.get;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxrpc.config.RpcConfig;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.Map;

/** Workers of one plain Vert.x instance that come and go one by one. Confined to the test's thread. */
final class Workers implements AutoCloseable {
  final Vertx vertx = Vertx.vertx();
  private final Map<String, RpcWorker> joined = new HashMap<>();

  RpcWorker create(String name, JsonObject settings) {
    JsonObject config = new JsonObject().put("name", name).put("joinTimeoutMs", 20_000).mergeIn(settings);
    return RpcWorker.create(vertx, RpcConfig.from(config));
  }

  /** A member of a dynamic group. */
  RpcWorker join(String name) {
    RpcWorker worker = create(name, new JsonObject());
    get(worker.join());
    joined.put(name, worker);
    return worker;
  }

  /** The last one of that name that has joined so. */
  RpcWorker known(String name) {
    return joined.get(name);
  }

  static JsonObject size(int worldSize) {
    return new JsonObject().put("worldSize", worldSize);
  }

  void assertNothingIsLeft() {
    assertThat(vertx.sharedData().getLocalMap("dev.vertxrpc.node").isEmpty()).as("node released").isTrue();
    Integer entries = get(vertx.sharedData().<String, String>getAsyncMap("vertx-rpc.groups")
        .compose(groups -> groups.size()));
    assertThat(entries).as("entries of groups").isZero();
  }

  @Override
  public void close() {
    get(vertx.close());
  }
}
