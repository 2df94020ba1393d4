package dev.vertxrpc.runtime;

import dev.vertxrpc.CallContextLocal;
import dev.vertxrpc.Rpc;
import dev.vertxrpc.RpcException;
import dev.vertxrpc.RpcFailure;
import dev.vertxrpc.WorkerInfo;
import dev.vertxrpc.call.Application;
import dev.vertxrpc.config.RpcConfig;
import dev.vertxrpc.membership.Membership;
import dev.vertxrpc.wire.Node;
import dev.vertxrpc.wire.Timers;
import io.vertx.core.Closeable;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.VertxInternal;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A worker's place in one Vert.x instance: everything it takes there when it joins, all of which it gives
 * back. Thread-safe; the work is done on the worker's context.
 */
final class Placement {
  private static final Logger LOG = LoggerFactory.getLogger(Placement.class);
  private static final SecureRandom RANDOM = new SecureRandom();

  /** For the record to be taken away; a cluster that does not answer has to be left all the same. */
  private static final Duration LAST_CHANGE = Duration.ofSeconds(5);

  private final RpcConfig config;
  private final Application application;
  private final Closeable hook;
  private final VertxInternal vertx;
  private final ContextInternal home;
  private final ContextInternal context;
  private final Node node;
  private final Membership membership;
  private volatile Parts parts;

  /**
   * In {@code vertx}, on the event loop of {@code home} or, where that has none, on one of its own. {@code
   * hook} is called when that context's verticle is undeployed or its Vert.x closes.
   */
  Placement(VertxInternal vertx, ContextInternal home, RpcConfig config, Application application, Closeable hook) {
    CallContextLocal.check(home);
    this.config = config;
    this.application = application;
    this.hook = hook;
    this.vertx = vertx;
    this.home = home.unwrap();
    this.context = home.isEventLoopContext() ? this.home : vertx.createEventLoopContext();
    this.node = Node.of(vertx);
    this.membership = new Membership(vertx, node, context, config.group(), application.listeners());
    this.home.addCloseHook(hook);
  }

  /** Joins the group in the time that is {@code left} of {@code limit}. */
  Future<Rpc> join(Duration limit, Duration left) {
    long begun = System.nanoTime();
    Promise<Rpc> promise = Promise.promise();
    context.runOnContext(now -> claim(left)
        .compose(self -> {
          parts = Parts.assemble(context, node, membership, self, config, application);
          return within(left.minusNanos(System.nanoTime() - begun), parts.endpoint().open());
        })
        .compose(open -> membership.join(limit, left.minusNanos(System.nanoTime() - begun)))
        .map(met -> {
          parts.endpoint().start();
          tellJoined(parts.rpc().self());
          return (Rpc) parts.rpc();
        }).onComplete(promise));
    return promise.future();
  }

  private Future<WorkerInfo> claim(Duration left) {
    return within(left, membership.claim(config.name(), config.rank(), config.worldSize(),
        roles(), nonZero()));
  }

  private Set<String> roles() {
    Set<String> roles = new HashSet<>(config.roles());
    roles.addAll(application.objects().roles());
    return roles;
  }

  // A shared map that hangs must not hang the join.
  private <T> Future<T> within(Duration left, Future<T> step) {
    return new Timers(node.clock(), context).within(left, step, () -> RpcException.of(RpcFailure.NOT_JOINED,
        config.name() + " could not join group " + config.group() + " within " + config.joinTimeoutMs()
            + " ms: " + membership.awaited()));
  }

  private RpcException silence() {
    return RpcException.of(RpcFailure.TIMEOUT, "the cluster did not take the record of " + config.name() + " away");
  }

  private void tellJoined(WorkerInfo self) {
    String size = config.worldSize().isPresent() ? " of " + config.worldSize().getAsInt() : "";
    LOG.info("{} has joined group {} as rank {}{}", self.name(), config.group(), self.rank(), size);
  }

  private static long nonZero() {
    long incarnation = RANDOM.nextLong();
    return incarnation == 0 ? nonZero() : incarnation;
  }

  /** Tells {@code evicted} why this worker can be no member any more. */
  void onEvicted(Consumer<String> evicted) {
    membership.onEvicted(evicted);
  }

  /** What it is made of, once it has a name. */
  Optional<Parts> parts() {
    return Optional.ofNullable(parts);
  }

  /** Runs {@code task} on the worker's context. */
  void run(Runnable task) {
    context.runOnContext(now -> task.run());
  }

  /**
   * Gives everything back, bottom up, the reverse of the start; what fails on the way must not keep the rest. The
   * others are told the {@code cause}, if there is one. Completes on any thread, because the loops may be about to end.
   */
  Future<Void> giveBack(Throwable cause) {
    home.removeCloseHook(hook);
    Promise<Void> promise = Promise.promise();
    run(() -> parts().map(made -> made.close(cause)).orElse(Future.succeededFuture())
        .transform(closed -> new Timers(node.clock(), context).within(LAST_CHANGE, membership.leave(), this::silence))
        .transform(left -> node.release())
        .onComplete(promise));
    return promise.future();
  }
}
