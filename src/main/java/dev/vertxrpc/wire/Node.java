package dev.vertxrpc.wire;

import dev.vertxrpc.RpcListener;
import dev.vertxrpc.WorkerInfo;
import io.netty.util.HashedWheelTimer;
import io.netty.util.Timeout;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.shareddata.Shareable;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * What the workers of one Vert.x instance share: a context of its own, which belongs to no verticle,
 * so that the connections opened from it outlive every one; and the timer wheel, on a thread that no
 * user code runs on. Made for the first worker and gone with the last. Thread-safe.
 */
public final class Node implements Shareable {
  private static final String KEY = "dev.vertxrpc.node";
  private static final int TICK_MILLIS = 10;
  /** Some years: longer times would overflow the wheel's count of nanoseconds. */
  private static final Duration LONGEST = Duration.ofDays(3_650);

  private final VertxInternal vertx;
  private final ContextInternal context;
  private final HashedWheelTimer wheel;
  private int users;

  private Node(VertxInternal vertx) {
    this.vertx = vertx;
    this.context = vertx.createEventLoopContext();
    this.wheel = new HashedWheelTimer(task -> {
      Thread thread = new Thread(task, "vertx-rpc-timer");
      thread.setDaemon(true);
      return thread;
    }, TICK_MILLIS, TimeUnit.MILLISECONDS);
    vertx.eventBus().registerCodec(new BatchCodec());
  }

  /** The node of {@code vertx}; whoever asks must {@link #release()} it once. */
  public static Node of(Vertx vertx) {
    return vertx.sharedData().<String, Node>getLocalMap(KEY).compute(KEY, (key, existing) -> {
      Node node = existing == null ? new Node((VertxInternal) vertx) : existing;
      node.users++;
      return node;
    });
  }

  /** Stops the node when this was its last user. */
  public Future<Void> release() {
    Node left = vertx.sharedData().<String, Node>getLocalMap(KEY).computeIfPresent(KEY, (key, node) -> {
      if (--node.users > 0) {
        return node;
      }
      // Before the entry is free: the next node registers the codec again.
      vertx.eventBus().unregisterCodec(BatchCodec.NAME);
      return null;
    });
    if (left != null) {
      return vertx.getOrCreateContext().succeededFuture();
    }
    // Stopping joins the wheel's thread, which an event loop must not wait for.
    return vertx.executeBlocking(() -> {
      wheel.stop();
      return null;
    }, false);
  }

  /** A worker's place on the event bus; its consumer and its receivers run on {@code worker}. */
  public Endpoint endpoint(ContextInternal worker, String group, WorkerInfo self, RpcListener listener) {
    return new Endpoint(this, worker, group, self, listener);
  }

  /** Runs {@code task} on the timer's thread, not before {@code delay} has passed. It must be short. */
  public Timeout schedule(Duration delay, Runnable task) {
    Duration capped = delay.compareTo(LONGEST) < 0 ? delay : LONGEST;
    return wheel.newTimeout(timeout -> task.run(), capped.toNanos(), TimeUnit.NANOSECONDS);
  }

  ContextInternal context() {
    return context;
  }

  VertxInternal vertx() {
    return vertx;
  }
}
