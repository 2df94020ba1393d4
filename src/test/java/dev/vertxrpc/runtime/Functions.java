package dev.vertxrpc.runtime;

import dev.vertxrpc.Remote;
import io.vertx.core.Future;
import io.vertx.core.Promise;

/** What the tests of this package call. Thread-safe. */
@Remote
public final class Functions {
  private Functions() {}

  public static Future<Void> never() {
    return Promise.<Void>promise().future();
  }
}
