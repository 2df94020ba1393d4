package dev.vertxrpc.app.demo;

import dev.vertxrpc.observe.MicrometerListener;
import dev.vertxrpc.runtime.RpcVerticle;
import dev.vertxrpc.runtime.RpcWorker;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.function.Consumer;

/**
 * A worker of the demo: counts its calls, and reports them when it has ended. Confined to its worker's
 * event loop.
 */
abstract class DemoVerticle extends RpcVerticle {
  private final MeterRegistry meters = new SimpleMeterRegistry();
  private final Consumer<JsonObject> events;

  DemoVerticle(Consumer<JsonObject> events) {
    this.events = events;
  }

  final void report(JsonObject event) {
    events.accept(event);
  }

  @Override
  protected Future<?> onStart(RpcWorker worker) {
    meters.config().meterFilter(CallTimes.buckets());
    worker.listener(new MicrometerListener(meters));
    return Future.succeededFuture();
  }

  /** References are counted here, after the shutdown: by then there should be none. */
  @Override
  protected Future<?> onStop() {
    JsonObject debug = worker().debugInfo();
    report(Events.of(Events.ENDED)
        .put("worker", rpcConfig().name())
        .put("callTimes", CallTimes.of(meters).toJson())
        .put("refsLeft", debug.getInteger("owners") + debug.getInteger("users")));
    return Future.succeededFuture();
  }
}
