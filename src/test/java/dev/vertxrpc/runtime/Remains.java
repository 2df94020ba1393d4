package dev.vertxrpc.runtime;

import io.vertx.core.json.JsonObject;

/** What a worker has in its tables, after its end too, when its own figures are those of the last moment before. */
public final class Remains {
  private Remains() {}

  public static JsonObject of(RpcWorker worker) {
    return worker.placed().debugInfo();
  }
}
