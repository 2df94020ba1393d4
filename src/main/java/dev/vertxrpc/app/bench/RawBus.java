package dev.vertxrpc.app.bench;

import dev.vertxrpc.CallContext;
import dev.vertxrpc.Remote;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.Message;
import java.util.Arrays;

/**
 * What the works are compared with: a request of the event bus itself, which brings back what it took along.
 * Thread-safe.
 */
@Remote
public final class RawBus {
  private static final String ADDRESS = "vertx-rpc.bench.";
  /** As long as any call here may take. */
  private static final DeliveryOptions OPTIONS = new DeliveryOptions().setSendTimeout(60_000);

  private RawBus() {}

  /** Answers requests from now on, on the worker that is called. */
  public static Future<Void> serve() {
    CallContext call = CallContext.current();
    return call.vertx().eventBus()
        .<Buffer>consumer(ADDRESS + call.rpc().self().name(), request -> request.reply(request.body()))
        .completion();
  }

  /** Requests to that worker with so many bytes. */
  static Exchange requests(Driver driver, String worker, int bytes) {
    EventBus bus = driver.vertx().eventBus();
    byte[] content = new byte[bytes];
    Arrays.fill(content, (byte) 1);
    Buffer body = Buffer.buffer(content);
    return new Exchange(() -> bus.<Buffer>request(ADDRESS + worker, body, OPTIONS),
        reply -> ((Message<?>) reply).body().equals(body));
  }
}
