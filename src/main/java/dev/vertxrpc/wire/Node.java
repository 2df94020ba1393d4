package dev.vertxrpc.wire;

import dev.vertxrpc.RpcListener;
import dev.vertxrpc.WorkerInfo;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.shareddata.Shareable;
import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the workers of one Vert.x instance share: a context of its own, which belongs to no verticle,
 * so that the connections opened from it outlive every one; and the timer wheel, on a thread that no
 * user code runs on. Made for the first worker and gone with the last. Thread-safe.
 */
public final class Node implements Shareable {
  private static final String OURS = "dev.vertxrpc.";
  /** What one exceptional batch has grown to is not kept. */
  private static final int MOST_ROOM = 1 << 20;
  private static final byte[] NONE = {};
  private static final Logger LOG = LoggerFactory.getLogger(Node.class);
  static final String KEY = "dev.vertxrpc.node";

  private final VertxInternal vertx;
  private final ContextInternal context;
  private final Clock clock;
  private final Bus bus;
  private final ArenaFiles arenas;
  private final Background background = new Background();
  private final Budget arenaBudget = new Budget();
  private final Budget arrivalBudget = new Budget();
  private final SocketServer server;
  /** The incarnations of the workers that are open here. */
  private final Set<Long> workers = ConcurrentHashMap.newKeySet();
  /** Where batches are filled, one after the other: while it grows a batch would leave several arrays behind. */
  private final AtomicReference<byte[]> room = new AtomicReference<>(NONE);
  private int users;

  Node(VertxInternal vertx, Clock clock, Bus bus) {
    this(vertx, clock, bus, ArenaFiles.shared());
  }

  Node(VertxInternal vertx, Clock clock, Bus bus, ArenaFiles arenas) {
    this.vertx = vertx;
    this.context = vertx.createEventLoopContext();
    this.context.exceptionHandler(Node::report);
    this.server = new SocketServer(this, context);
    this.clock = clock;
    this.bus = bus;
    this.arenas = arenas;
  }

  // A connection of the bus that breaks while it is written to may fail writes twice, and Vert.x reports the second, a
  // thousand times where so much was to be written. Of the bus there need be nothing in the stack, but nothing of ours.
  private static void report(Throwable thrown) {
    boolean isOfTheBus = thrown instanceof IllegalStateException && Arrays.stream(thrown.getStackTrace())
        .noneMatch(frame -> frame.getClassName().startsWith(OURS));
    if (isOfTheBus) {
      LOG.debug("event=write-failed-twice cause={}", thrown.toString());
    } else {
      LOG.error("event=node-failed", thrown);
    }
  }

  /** The node of {@code vertx}; whoever asks must {@link #release()} it once. */
  public static Node of(Vertx vertx) {
    return vertx.sharedData().<String, Node>getLocalMap(KEY).compute(KEY, (key, existing) -> {
      Node node = existing == null
          ? create((VertxInternal) vertx) : existing;
      node.users++;
      return node;
    });
  }

  private static Node create(VertxInternal vertx) {
    Node node = new Node(vertx, new WheelClock(), new ClusterBus(vertx.eventBus()));
    node.blocking(() -> {
      node.arenas.reclaim();
      return null;
    });
    return node;
  }

  /** Stops the node when this was its last user. */
  public Future<Void> release() {
    Node left = vertx.sharedData().<String, Node>getLocalMap(KEY).computeIfPresent(KEY, (key, node) -> {
      if (--node.users > 0) {
        return node;
      }
      // Before the entry is free: the next node opens the bus again.
      bus.close();
      return null;
    });
    if (left != null) {
      return vertx.getOrCreateContext().succeededFuture();
    }
    Promise<Void> sockets = Promise.promise();
    context.runOnContext(now -> server.close().onComplete(sockets));
    // Stopping joins the clock's thread, which an event loop must not wait for.
    return sockets.future().transform(closed -> vertx.executeBlocking(() -> {
      clock.stop();
      background.stop();
      return null;
    }, false));
  }

  /**
   * A worker's place on the event bus; its receivers run on {@code worker}. A peer that acknowledges nothing within
   * {@code lease} is lost.
   */
  public Endpoint endpoint(ContextInternal worker, String group, WorkerInfo self, RpcListener listener,
                           Duration lease) {
    return new Endpoint(this, worker, group, self, listener, lease);
  }

  /** The time, and the thread that deadlines ring on. */
  public Clock clock() {
    return clock;
  }

  /** Threads for what would keep an event loop. */
  public Executor background() {
    return background;
  }

  /** Room for a batch; none where another batch has it. */
  byte[] room() {
    return room.getAndSet(NONE);
  }

  void room(byte[] given) {
    if (given.length <= MOST_ROOM) {
      room.set(given);
    }
  }

  ContextInternal context() {
    return context;
  }

  /** Whether this runs on the node's context. */
  boolean isHere() {
    ContextInternal current = ContextInternal.current();
    return current != null && current.unwrap() == context;
  }

  Bus bus() {
    return bus;
  }

  VertxInternal vertx() {
    return vertx;
  }

  /** What all arenas may have that go out from here. */
  Budget arenaBudget() {
    return arenaBudget;
  }

  /** What all bulk may have that comes beside the batches, until it is handed on. */
  Budget arrivalBudget() {
    return arrivalBudget;
  }

  /** Where the sockets of lanes come from. On the node's context. */
  SocketServer server() {
    return server;
  }

  ArenaFiles arenas() {
    return arenas;
  }

  /** Does what waits for the system, and completes on the node's context. */
  <T> Future<T> blocking(Callable<T> task) {
    return context.executeBlocking(task, false);
  }

  void here(WorkerInfo worker) {
    workers.add(worker.incarnation());
  }

  void gone(WorkerInfo worker) {
    workers.remove(worker.incarnation());
  }

  /** Whether {@code worker} is one of this Vert.x instance. */
  boolean has(WorkerInfo worker) {
    return workers.contains(worker.incarnation());
  }
}
