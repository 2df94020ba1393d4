package dev.vertxrpc.quickstart;

import dev.vertxrpc.Rpc;
import dev.vertxrpc.runtime.RpcVerticle;
import io.vertx.core.Future;

// [verticle]
public class Greeter extends RpcVerticle {
  @Override
  protected Future<?> onJoined(Rpc rpc) {
    return rpc.on("w0").call(Ops::greet, config().getString("who"))
        .onSuccess(hello -> System.out.println(hello));
  }
}
// [end]
