package dev.vertxrpc.runtime;

import dev.vertxrpc.CallContext;
import dev.vertxrpc.NonBlocking;
import dev.vertxrpc.Remote;
import dev.vertxrpc.Rpc;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** What the tests of this package call. Thread-safe. */
@Remote
public final class Functions {
  static final AtomicInteger HOPS = new AtomicInteger();

  private Functions() {}

  /** Has the next worker of the ring do the same, so many times in all, and waits for none of it. */
  @NonBlocking
  public static void hop(int times) {
    HOPS.incrementAndGet();
    Rpc rpc = CallContext.current().rpc();
    if (times > 1) {
      rpc.on((rpc.self().rank() + 1) % rpc.group().workers().size()).call(Functions::hop, times - 1);
    }
  }

  /** The same, where each keeps the value that the next one makes, and forgets it. */
  @NonBlocking
  public static Integer keptHop(int times) {
    HOPS.incrementAndGet();
    Rpc rpc = CallContext.current().rpc();
    if (times > 1) {
      rpc.on((rpc.self().rank() + 1) % rpc.group().workers().size()).remote(Functions::keptHop, times - 1);
    }
    return times;
  }

  public static int size(byte[] bytes, List<byte[]> more) {
    return bytes.length + more.stream().mapToInt(each -> each.length).sum();
  }

  public static Future<Void> never() {
    return Promise.<Void>promise().future();
  }
}
