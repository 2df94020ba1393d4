package dev.vertxrpc.cluster;

import dev.vertxrpc.Remote;
import io.vertx.core.Future;
import io.vertx.core.Promise;

/** A function whose Future nobody completes. Thread-safe. */
@Remote
public final class Never {
  private Never() {}

  public static Future<Void> ends() {
    return Promise.<Void>promise().future();
  }
}
