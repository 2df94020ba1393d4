package dev.vertxrpc.app.bench;

import dev.vertxrpc.NonBlocking;
import dev.vertxrpc.Remote;
import io.vertx.core.Future;

/** What the calls of the bench do at the callee: next to nothing. Stateless. */
@Remote
public final class Echo {
  private Echo() {}

  /** For the small works. */
  @NonBlocking
  public static int number(int given) {
    return given;
  }

  /** For the large ones. */
  @NonBlocking
  public static float[] floats(float[] given) {
    return given;
  }

  /** Never answers. */
  public static Future<Integer> never() {
    return Future.future(promise -> { });
  }
}
