package dev.vertxrpc.app.bench;

import dev.vertxrpc.CallContext;
import dev.vertxrpc.Remote;
import io.vertx.core.Future;

/** Has a worker of the bench share its Vert.x instance with others. Stateless. */
@Remote
public final class Hosting {
  private Hosting() {}

  /** Starts a worker of that name beside the one that is called; completes when it is in the group. */
  public static Future<Void> start(String name) {
    return CallContext.current().get(BenchVerticle.class).host(name);
  }
}
