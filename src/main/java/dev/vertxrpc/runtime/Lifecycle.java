package dev.vertxrpc.runtime;

import dev.vertxrpc.Rpc;
import dev.vertxrpc.RpcException;
import dev.vertxrpc.RpcFailure;
import dev.vertxrpc.call.Application;
import dev.vertxrpc.call.CallerContext;
import dev.vertxrpc.config.RpcConfig;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The states of one {@link RpcWorker}, and the ways from one to the next. It takes a {@link Placement} when the worker
 * joins, and has it given back whatever end comes. Thread-safe.
 */
final class Lifecycle {
  private static final Logger LOG = LoggerFactory.getLogger(Lifecycle.class);

  private enum State { CREATED, JOINING, JOINED, SHUTTING_DOWN, ENDING }

  private final RpcConfig config;
  private final Application application;
  private final Supplier<Future<Vertx>> start;
  /** Null where the Vert.x instance is the worker's own. */
  private final ContextInternal creator;
  private final Promise<Void> ended = Promise.promise();
  /** Fails when it is torn down: whoever still waits on the way out need not. */
  private final Promise<Void> over = Promise.promise();
  private State state = State.CREATED;
  private Future<Vertx> started;
  private Future<Rpc> joined;
  private Future<Void> tornDown;
  private volatile Placement placement;
  private volatile JsonObject lastInfo;

  Lifecycle(RpcConfig config, Application application, ContextInternal creator, Supplier<Future<Vertx>> start) {
    this.config = config;
    this.application = application;
    this.creator = creator;
    this.start = start;
  }

  // ---- before the join

  /** Makes a change that {@code method} asks for, while it can have an effect. */
  synchronized void prepare(String method, Runnable change) {
    requireCreated(method + " comes before join()");
    change.run();
  }

  private void requireCreated(String rule) {
    if (state != State.CREATED) {
      throw new IllegalStateException(rule + ": worker " + config.name() + " is " + state);
    }
  }

  // ---- the join

  synchronized Future<Rpc> join() {
    requireCreated("a worker joins once");
    state = State.JOINING;
    long begun = System.nanoTime();
    Promise<Rpc> promise = creator == null ? Promise.promise() : creator.promise();
    joined = promise.future();
    started = Future.succeededFuture().compose(now -> start.get());
    started.compose(vertx -> place((VertxInternal) vertx, begun)).onComplete(result -> {
      if (result.succeeded() && isJoined()) {
        promise.complete(result.result());
      } else {
        // Not before all is undone may a failed join be told: it leaves nothing behind.
        Throwable cause = result.failed() ? result.cause() : notJoined();
        end(State.ENDING, parts -> Future.succeededFuture()).onComplete(undone -> promise.fail(cause));
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
          application, done -> leave(null).onComplete(done));
      placement = placed;
    }
    placed.onEvicted(why -> {
      LOG.error("event=evicted worker={} group={}: {}", config.name(), config.group(), why);
      close(RpcException.of(RpcFailure.NOT_JOINED, why));
    });
    return placed.join(limit, limit.minusNanos(System.nanoTime() - begun));
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

  // ---- while it has joined

  synchronized Rpc rpc() {
    if (joined == null || !joined.succeeded()) {
      throw new IllegalStateException("worker " + config.name() + " has not joined group " + config.group());
    }
    return joined.result();
  }

  Parts parts() {
    return placement.parts().orElseThrow();
  }

  /** The figures; after its end the last. */
  JsonObject debugInfo() {
    JsonObject last = lastInfo;
    Placement now = placement;
    return last != null ? last.copy()
        : now == null ? new JsonObject() : now.parts().map(Parts::debugInfo).orElseGet(JsonObject::new);
  }

  JsonArray references() {
    Placement now = placement;
    return now == null ? new JsonArray() : now.parts().map(parts -> parts.refs().list()).orElseGet(JsonArray::new);
  }

  // ---- the end

  /** With its group, for which it waits. */
  Future<Void> shutdown(Duration limit) {
    return end(State.SHUTTING_DOWN, parts -> new Departure(parts, limit, over.future()).withGroup());
  }

  /** Waits for nobody, and ends a shutdown that does; the others are told the {@code cause}, if there is one. */
  Future<Void> leave(Throwable cause) {
    return end(State.ENDING,
        parts -> new Departure(parts, Duration.ofMillis(config.leaveTimeoutMs()), over.future()).alone(cause));
  }

  Future<Void> close() {
    return close(null);
  }

  private Future<Void> close(Throwable cause) {
    Future<Void> done = end(State.ENDING, parts -> Future.succeededFuture());
    if (placement != null) {
      // It may be on a slower way out already.
      tearDown(cause);
    }
    return done;
  }

  Future<Void> ended() {
    return onCaller(ended.future());
  }

  /** Ends it, unless it is on its way out that far; whoever has joined goes by that {@code departure} first. */
  private synchronized Future<Void> end(State way, Function<Parts, Future<Void>> departure) {
    State from = state;
    if (from == State.ENDING || from == way) {
      return ended();
    }
    state = from == State.JOINED ? way : State.ENDING;
    switch (from) {
      case CREATED -> ended.complete();
      case JOINING -> started.transform(any -> tearDown(null)).onComplete(ended);
      case JOINED -> depart(way, departure);
      default -> depart(way, parts -> departure.apply(parts).compose(gone -> Future.failedFuture(notShutDown())));
    }
    return ended();
  }

  private void depart(State way, Function<Parts, Future<Void>> departure) {
    placement.run(() -> Future.succeededFuture().compose(now -> departure.apply(parts())).onComplete(gone -> {
      if (isLast(way)) {
        tearDown(gone.cause()).onComplete(torn -> ended.handle(gone.failed() ? gone : torn));
      }
    }));
  }

  // A leave that has ended a shutdown takes its own time.
  private synchronized boolean isLast(State way) {
    boolean isLast = state == way;
    state = State.ENDING;
    return isLast;
  }

  private RpcException notShutDown() {
    return RpcException.of(RpcFailure.NOT_JOINED, config.name() + " left group " + config.group()
        + " before its shutdown was over");
  }

  private synchronized Future<Void> tearDown(Throwable cause) {
    if (tornDown == null) {
      lastInfo = debugInfo();
      Promise<Void> done = Promise.promise();
      tornDown = done.future();
      // It may come back here at once, and then finds that it is being torn down.
      over.fail(notShutDown());
      Future<Void> givenBack = placement == null ? Future.succeededFuture() : placement.giveBack(cause);
      givenBack.onComplete(given -> closeOwnVertx().onComplete(done));
    }
    return tornDown;
  }

  private Future<Void> closeOwnVertx() {
    return creator == null && started.succeeded() ? started.result().close() : Future.succeededFuture();
  }

  // A Vert.x instance of the worker's own ends with it, and its contexts could not tell anybody any more.
  private <T> Future<T> onCaller(Future<T> future) {
    return creator == null ? future : CallerContext.future(creator, future);
  }
}
