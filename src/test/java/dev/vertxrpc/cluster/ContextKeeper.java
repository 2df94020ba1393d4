package dev.vertxrpc.cluster;

import dev.vertxrpc.Rpc;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.internal.ContextInternal;
import java.util.List;

/** Calls, and keeps the context it called on and the one that the answer came on. */
final class ContextKeeper extends VerticleBase {
  static final Promise<List<Object>> SEEN = Promise.promise();
  private final Rpc rpc;

  ContextKeeper(Rpc rpc) {
    this.rpc = rpc;
  }

  @Override
  public Future<?> start() {
    Context own = unwrapped();
    return rpc.on("w1").call(Functions::blocking, "x")
        .onComplete(done -> SEEN.complete(List.of(own, unwrapped())));
  }

  private static Context unwrapped() {
    return ((ContextInternal) Vertx.currentContext()).unwrap();
  }
}
