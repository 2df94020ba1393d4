package dev.vertxrpc.runtime;

import dev.vertxrpc.RemoteError;
import dev.vertxrpc.Rpc;
import dev.vertxrpc.RpcCodec;
import dev.vertxrpc.RpcException;
import dev.vertxrpc.RpcFailure;
import dev.vertxrpc.RpcListener;
import dev.vertxrpc.call.Application;
import dev.vertxrpc.config.RpcConfig;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.function.Function;
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

  private enum State { CREATED, JOINING, JOINED, ENDING }

  private final RpcConfig config;
  private final Supplier<Future<Vertx>> start;
  /** Null where the Vert.x instance is the worker's own. */
  private final ContextInternal creator;
  private final Application application;
  private final Promise<Void> ended = Promise.promise();
  private State state = State.CREATED;
  private Future<Vertx> started;
  private Future<Rpc> joined;
  private Future<Void> tornDown;
  private volatile Placement placement;
  private volatile JsonObject lastInfo;

  private RpcWorker(RpcConfig config, ContextInternal creator, Supplier<Future<Vertx>> start) {
    this.config = config;
    this.application = Parts.application(config, classLoader());
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

  /**
   * Serves {@code object}: every method that {@code api} declares may be called; before {@link #join()}. Calls run
   * side by side, those that may block on threads of their own, so the object must be thread-safe.
   *
   * @throws IllegalArgumentException if {@code api} is no public interface, or is served already
   */
  public <T> RpcWorker serve(Class<T> api, T object) {
    return serve(api, "", object);
  }

  /** The same under a name, beside others of that interface. */
  public synchronized <T> RpcWorker serve(Class<T> api, String name, T object) {
    requireCreated("serve() comes before join()");
    application.objects().serve(api, name, object);
    return this;
  }

  /** Provides {@code object} for {@link dev.vertxrpc.CallContext#get}, not for calls; before {@link #join()}. */
  public synchronized <T> RpcWorker provide(Class<T> type, T object) {
    requireCreated("provide() comes before join()");
    application.objects().provide(type, object);
    return this;
  }

  /**
   * Has {@code factory} make the {@linkplain RpcException#getCause() cause} of a failure whose function threw exactly a
   * {@code type}, of what is known of it; before {@link #join()}. It runs on the worker's event loop, must not block,
   * and where it throws or makes null the failure arrives without a cause, and a warning is logged. What no factory
   * is registered for is data only, see {@link RpcException#remoteError()}.
   *
   * @throws IllegalArgumentException if one for {@code type} is registered already
   */
  public synchronized <E extends Throwable> RpcWorker restore(Class<E> type,
                                                              Function<RemoteError, ? extends E> factory) {
    requireCreated("restore() comes before join()");
    application.exceptions().add(type, factory);
    return this;
  }

  /**
   * Uses {@code codec} for the calls of this worker whose options bring no other, and {@linkplain #addCodec knows}
   * it; before {@link #join()}. Callees have to know one of that name.
   *
   * @throws IllegalArgumentException if it has no name, one of that name is known, or another one is used already
   */
  public synchronized RpcWorker codec(RpcCodec codec) {
    requireCreated("codec() comes before join()");
    application.codecs().use(codec);
    return this;
  }

  /**
   * Knows {@code codec}: calls that others make with one of that name can be served; before {@link #join()}.
   *
   * @throws IllegalArgumentException if it has no name, or one of that name is known
   */
  public synchronized RpcWorker addCodec(RpcCodec codec) {
    requireCreated("addCodec() comes before join()");
    application.codecs().add(codec);
    return this;
  }

  /** Tells {@code listener} what this worker does; before {@link #join()}. */
  public synchronized RpcWorker listener(RpcListener listener) {
    requireCreated("listener() comes before join()");
    application.listeners().add(listener);
    return this;
  }

  private void requireCreated(String rule) {
    if (state != State.CREATED) {
      throw new IllegalStateException(rule + ": worker " + config.name() + " is " + state);
    }
  }

  /**
   * Joins the group: the one call that touches the network. Completes when this worker can call every member
   * and be called by them; fails with NOT_JOINED, saying who is missing or in the way, when {@code
   * joinTimeoutMs} have passed, and then leaves nothing behind. The start of a Vert.x instance of its own is not
   * counted.
   */
  public synchronized Future<Rpc> join() {
    requireCreated("a worker joins once");
    state = State.JOINING;
    long begun = System.nanoTime();
    Promise<Rpc> promise = creator == null ? Promise.promise() : creator.promise();
    joined = promise.future();
    started = start.get();
    started.compose(vertx -> place((VertxInternal) vertx, begun)).onComplete(result -> {
      if (result.succeeded() && isJoined()) {
        promise.complete(result.result());
      } else {
        // Not before all is undone may a failed join be told: it leaves nothing behind.
        Throwable cause = result.failed() ? result.cause() : notJoined();
        end(Future::succeededFuture).onComplete(undone -> promise.fail(cause));
      }
    });
    return joined;
  }

  private Future<Rpc> place(VertxInternal vertx, long begun) {
    Duration limit = Duration.ofMillis(config.joinTimeoutMs());
    Placement placed;
    synchronized (this) {
      if (state == State.ENDING) {
        return Future.failedFuture(notJoined());
      }
      placed = new Placement(vertx, creator == null ? vertx.createEventLoopContext() : creator, config,
          application, done -> leave().onComplete(done));
      placement = placed;
    }
    placed.onEvicted(() -> {
      LOG.error("event=evicted worker={} group={}: the others have taken it for lost", config.name(), config.group());
      close();
    });
    Duration left = creator == null ? limit : limit.minusNanos(System.nanoTime() - begun);
    return placed.join(limit, left);
  }

  private synchronized boolean isJoined() {
    if (state == State.JOINING) {
      state = State.JOINED;
    }
    return state == State.JOINED;
  }

  private RpcException notJoined() {
    return RpcException.of(RpcFailure.NOT_JOINED, config.name() + " ended before it had joined group "
        + config.group());
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
    Placement now = placement;
    return last != null ? last.copy()
        : now == null ? new JsonObject() : now.parts().map(Parts::debugInfo).orElseGet(JsonObject::new);
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
   *
   * @throws IllegalArgumentException unless {@code limit} is more than none
   */
  public Future<Void> shutdown(Duration limit) {
    if (limit.isNegative() || limit.isZero()) {
      throw new IllegalArgumentException("the limit of a shutdown is " + limit + ", expected more than none");
    }
    return end(() -> new Departure(placed(), limit).withGroup());
  }

  /** Leaves: drains its own calls, releases its references, says GOODBYE; waits for nobody else. */
  public Future<Void> leave() {
    return end(() -> new Departure(placed(), Duration.ofMillis(config.leaveTimeoutMs())).alone());
  }

  /** Ends at once: calls under way fail here, and there as the GOODBYE that it sends arrives. */
  public Future<Void> close() {
    Future<Void> done = end(Future::succeededFuture);
    if (placement != null) {
      // It may be on a slower way out already.
      tearDown();
    }
    return done;
  }

  /** Completes when this worker has ended, whoever ended it; fails as that did. */
  public Future<Void> ended() {
    return onCaller(ended.future());
  }

  Parts placed() {
    return placement.parts().orElseThrow();
  }

  private synchronized Future<Void> end(Supplier<Future<Void>> departure) {
    State from = state;
    state = State.ENDING;
    switch (from) {
      case CREATED -> ended.complete();
      case JOINING -> started.transform(any -> tearDown()).onComplete(ended);
      case JOINED -> placement.run(() -> Future.succeededFuture().compose(now -> departure.get())
          .onComplete(gone -> tearDown().onComplete(torn -> ended.handle(gone.failed() ? gone : torn))));
      case ENDING -> { }
    }
    return onCaller(ended.future());
  }

  private synchronized Future<Void> tearDown() {
    if (tornDown == null) {
      lastInfo = debugInfo();
      Promise<Void> done = Promise.promise();
      Future<Void> givenBack = placement == null ? Future.succeededFuture() : placement.giveBack();
      givenBack.onComplete(given -> closeOwnVertx().onComplete(done));
      tornDown = done.future();
    }
    return tornDown;
  }

  private Future<Void> closeOwnVertx() {
    return creator == null && started.succeeded() ? started.result().close() : Future.succeededFuture();
  }

  // A Vert.x instance of the worker's own ends with it, and its contexts could not tell anybody any more.
  private <T> Future<T> onCaller(Future<T> future) {
    if (creator == null) {
      return future;
    }
    Promise<T> promise = creator.owner().getOrCreateContext().promise();
    future.onComplete(promise);
    return promise.future();
  }
}
