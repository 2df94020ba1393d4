package dev.vertxrpc.app.demo;

import dev.vertxrpc.Rpc;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.function.Consumer;

/**
 * The worker that keeps the weights. It does nothing of its own: a trainer creates the {@link
 * ParameterServer} here. Confined to its worker's event loop.
 */
public final class Server extends DemoVerticle {
  static final String ROLE = "server";

  /** As a worker's JSON names it. */
  public Server() {
    this(Events.toStdout());
  }

  Server(Consumer<JsonObject> events) {
    super(events);
  }

  /** Done at once: the graceful shutdown that follows waits for everybody, and serves meanwhile. */
  @Override
  protected Future<?> onRun(Rpc rpc) {
    return Future.succeededFuture();
  }
}
