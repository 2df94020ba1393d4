package dev.vertxrpc.runtime;

import dev.vertxrpc.CallContextLocal;
import dev.vertxrpc.Rpc;
import dev.vertxrpc.RpcException;
import dev.vertxrpc.RpcFailure;
import dev.vertxrpc.RpcListener;
import dev.vertxrpc.WorkerInfo;
import dev.vertxrpc.config.RpcConfig;
import dev.vertxrpc.membership.Membership;
import dev.vertxrpc.wire.Node;
import io.vertx.core.Closeable;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.json.JsonObject;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One worker, from its making to its end.
 *
 * <pre>
 *   created --join--> joining --> joined --shutdown, leave, close--> ending --> ended
 *                        '--failed, and nothing left behind-----------------------^
 * </pre>
 *
 * <p>It lives on the event loop of the context that created it, or where that has none on one of its own, and
 * leaves when that context's verticle is undeployed or its Vert.x closes. Every end is the same end: the
 * second call gets the Future of the first. Futures complete on the context of their caller. Thread-safe.
 */
public final class RpcWorker {
  private static final Logger LOG = LoggerFactory.getLogger(RpcWorker.class);
  private static final SecureRandom RANDOM = new SecureRandom();

  private final RpcConfig config;
  private final Supplier<Future<Vertx>> start;
  private final ContextInternal creator;
  private final ClassLoader functions = classLoader();
  private final Listeners listeners = new Listeners();
  private final Promise<Void> ended = Promise.promise();
  private final Closeable hook = done -> leave().onComplete(done);
  private Future<Rpc> joined;
  private Future<Void> tornDown;
  private boolean isEnding;
  private volatile VertxInternal vertx;
  private volatile ContextInternal context;
  private volatile Node node;
  private volatile Membership membership;
  private volatile Parts parts;
  private volatile JsonObject lastInfo;

  private RpcWorker(RpcConfig config, ContextInternal creator, Supplier<Future<Vertx>> start) {
    this.config = config;
    this.creator = creator;
    this.start = start;
  }

  /**
   * A worker in a Vert.x instance of the application's, which may be clustered with any cluster manager, or
   * for groups within one instance not at all.
   *
   * @throws IllegalArgumentException if {@code config} has {@code cluster} keys, which would have no effect
   */
  public static RpcWorker create(Vertx vertx, RpcConfig config) {
    if (config.cluster().isPresent()) {
      throw new IllegalArgumentException("the config of worker " + config.name() + " has the key cluster, but the "
          + "Vert.x instance exists already: leave the key out, or use RpcWorker.create(config)");
    }
    return new RpcWorker(config, ((VertxInternal) vertx).getOrCreateContext(), () -> Future.succeededFuture(vertx));
  }

  /** A worker in a clustered Vert.x instance of its own, made when it joins and closed with it. */
  public static RpcWorker create(RpcConfig config) {
    return new RpcWorker(config, null, () -> RpcVertx.start(config));
  }

  private static ClassLoader classLoader() {
    ClassLoader own = Thread.currentThread().getContextClassLoader();
    return own == null ? RpcWorker.class.getClassLoader() : own;
  }

  /** Tells {@code listener} what this worker does; before {@link #join()}. */
  public synchronized RpcWorker listener(RpcListener listener) {
    requireNotJoining("listener");
    listeners.add(listener);
    return this;
  }

  private void requireNotJoining(String what) {
    if (joined != null) {
      throw new IllegalStateException(what + " comes before join(): worker " + config.name() + " has begun to join");
    }
  }

  /**
   * Joins the group: the one call that touches the network. Completes when this worker can call every member
   * and be called by them; fails with NOT_JOINED, saying who is missing or in the way, after {@code
   * joinTimeoutMs} at the latest, and then leaves nothing behind.
   */
  public synchronized Future<Rpc> join() {
    requireNotJoining("the first join(), the only one,");
    // Not before its end is complete may a failed join be told: it leaves nothing behind.
    Promise<Rpc> promise = creator == null ? Promise.promise() : creator.promise();
    joined = promise.future();
    start.get().compose(this::join).onComplete(result -> {
      if (result.succeeded()) {
        promise.complete(result.result());
      } else {
        end(this::nothing).onComplete(undone -> promise.fail(result.cause()));
      }
    });
    return joined;
  }

  private Future<Rpc> join(Vertx started) {
    vertx = (VertxInternal) started;
    context = creator != null && creator.isEventLoopContext() ? creator.unwrap() : vertx.createEventLoopContext();
    CallContextLocal.check(context);
    home().addCloseHook(hook);
    node = Node.of(vertx);
    long incarnation = nonZero();
    long begun = System.nanoTime();
    Duration limit = Duration.ofMillis(config.joinTimeoutMs());
    membership = new Membership(context, config.group(), listeners);
    Promise<Rpc> promise = context.promise();
    context.runOnContext(now -> within(limit, membership
        .claim(config.name(), config.rank(), config.worldSize(), Set.copyOf(config.roles()), incarnation))
        .compose(self -> {
          parts = Parts.assemble(context, node, membership, self, config, functions, listeners);
          return parts.endpoint().open();
        })
        .compose(open -> membership.join(parts.endpoint(), limit, limit.minusNanos(System.nanoTime() - begun)))
        .map(met -> {
          parts.endpoint().start();
          tellJoined(parts.rpc().self());
          return (Rpc) parts.rpc();
        }).onComplete(promise));
    return promise.future();
  }

  // A shared map that hangs must not hang the join.
  private <T> Future<T> within(Duration limit, Future<T> claim) {
    return claim.timeout(limit.toMillis(), TimeUnit.MILLISECONDS).recover(cause -> Future.failedFuture(
        cause instanceof TimeoutException ? RpcException.of(RpcFailure.NOT_JOINED, config.name()
            + " could not join group " + config.group() + " within " + limit.toMillis()
            + " ms: the cluster's shared map does not answer") : cause));
  }

  private void tellJoined(WorkerInfo self) {
    String size = config.worldSize().isPresent() ? " of " + config.worldSize().getAsInt() : "";
    LOG.info("{} has joined group {} as rank {}{}", self.name(), config.group(), self.rank(), size);
  }

  private static long nonZero() {
    long incarnation = RANDOM.nextLong();
    return incarnation == 0 ? nonZero() : incarnation;
  }

  /**
   * The worker's view of its group.
   *
   * @throws IllegalStateException before it has joined
   */
  public synchronized Rpc rpc() {
    if (joined == null || !joined.succeeded()) {
      throw new IllegalStateException("worker " + config.name() + " has not joined group " + config.group());
    }
    return joined.result();
  }

  /** The figures of this worker: values it keeps, handles it holds, calls under way; after its end the last. */
  public JsonObject debugInfo() {
    JsonObject last = lastInfo;
    Parts now = parts;
    if (last != null || now == null) {
      return last == null ? new JsonObject() : last.copy();
    }
    return now.refs().debugInfo().put("pendingCalls", now.calls().pending())
        .put("runningCalls", now.calls().running());
  }

  /** The graceful shutdown of the whole group, within {@code shutdownTimeoutMs}. */
  public Future<Void> shutdown() {
    return shutdown(Duration.ofMillis(config.shutdownTimeoutMs()));
  }

  /**
   * The graceful shutdown of the whole group: every member calls it, and those that wait go on serving until
   * all calls have ended and all references are released. However it goes, this worker has left when the
   * Future completes, and its references and calls are gone; it fails with the phase that did not come to an
   * end, and whom it waited for.
   */
  public Future<Void> shutdown(Duration limit) {
    return end(() -> new Departure(parts, limit).withGroup());
  }

  /** Leaves: drains its own calls, releases its references, says GOODBYE; waits for nobody else. */
  public Future<Void> leave() {
    return end(() -> new Departure(parts, Duration.ofMillis(config.leaveTimeoutMs())).alone());
  }

  /** Ends at once, without a word to the others, who find out. */
  public Future<Void> close() {
    Future<Void> done = end(this::nothing);
    tearDown();
    return done;
  }

  /** Completes when this worker has ended, whoever ended it; fails as that did. */
  public Future<Void> ended() {
    return onCaller(ended.future());
  }

  private Future<Void> nothing() {
    return Future.succeededFuture();
  }

  private synchronized Future<Void> end(Supplier<Future<Void>> departure) {
    if (!isEnding) {
      isEnding = true;
      if (joined != null && joined.succeeded()) {
        context.runOnContext(now -> departure.get().onComplete(gone -> tearDown().onComplete(torn ->
            ended.handle(gone.failed() ? gone : torn))));
      } else {
        tearDown().onComplete(ended);
      }
    }
    return onCaller(ended.future());
  }

  private synchronized Future<Void> tearDown() {
    if (tornDown == null) {
      tornDown = vertx == null ? Future.succeededFuture() : tearDownParts();
    }
    return tornDown;
  }

  // Bottom up, the reverse of the start. What fails on the way must not keep the rest from ending.
  private Future<Void> tearDownParts() {
    lastInfo = debugInfo();
    home().removeCloseHook(hook);
    Promise<Void> promise = Promise.promise();
    context.runOnContext(now -> closeParts()
        .transform(closed -> membership.leave())
        .transform(left -> node.release())
        .transform(released -> creator == null ? vertx.close() : Future.succeededFuture())
        .onComplete(promise));
    return promise.future();
  }

  private Future<Void> closeParts() {
    if (parts == null) {
      return Future.succeededFuture();
    }
    Future<Void> closed = parts.endpoint().close();
    parts.rounds().close();
    parts.refs().clear();
    parts.calls().close();
    parts.executor().close();
    return closed;
  }

  /** The context whose end is this worker's end. */
  private ContextInternal home() {
    return creator == null ? context : creator.unwrap();
  }

  private <T> Future<T> onCaller(Future<T> future) {
    if (vertx == null) {
      return future;
    }
    Promise<T> promise = vertx.getOrCreateContext().promise();
    future.onComplete(promise);
    return promise.future();
  }
}
