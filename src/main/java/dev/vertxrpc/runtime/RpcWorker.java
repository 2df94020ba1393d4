package dev.vertxrpc.runtime;

import static java.util.Objects.requireNonNull;

import dev.vertxrpc.RemoteError;
import dev.vertxrpc.Rpc;
import dev.vertxrpc.RpcCodec;
import dev.vertxrpc.RpcException;
import dev.vertxrpc.RpcListener;
import dev.vertxrpc.call.Application;
import dev.vertxrpc.config.RpcConfig;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.function.Function;
import java.util.function.Supplier;

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
 * second call completes as the first does. A shutdown that still waits for the group is ended by a leave or a close,
 * which wait for nobody, and fails with NOT_JOINED. Futures complete on the context of their caller, or, where the
 * Vert.x instance is this worker's own, on one of that instance. Thread-safe.
 */
public final class RpcWorker {
  private final RpcConfig config;
  private final Application application;
  private final Lifecycle lifecycle;

  private RpcWorker(RpcConfig config, ContextInternal creator, Supplier<Future<Vertx>> start) {
    // Refused now, not when the cluster has been joined.
    Parts.faults(config);
    this.config = config;
    this.application = Parts.application(config, classLoader());
    this.lifecycle = new Lifecycle(config, application, creator, start);
  }

  /**
   * A worker in a Vert.x instance of the application's, which may be clustered with any cluster manager, or
   * for groups within one instance not at all.
   *
   * @throws IllegalArgumentException if {@code config} has {@code cluster} keys, which would have no effect
   */
  public static RpcWorker create(Vertx vertx, RpcConfig config) {
    requireNonNull(vertx, "vertx");
    if (requireNonNull(config, "config").cluster().isPresent()) {
      throw new IllegalArgumentException("the config of worker " + config.name() + " has the key cluster, but the "
          + "Vert.x instance exists already: leave the key out, or use RpcWorker.create(config)");
    }
    return new RpcWorker(config, ((VertxInternal) vertx).getOrCreateContext(), () -> Future.succeededFuture(vertx));
  }

  /** A worker in a clustered Vert.x instance of its own, made when it joins and closed with it. */
  public static RpcWorker create(RpcConfig config) {
    return new RpcWorker(requireNonNull(config, "config"), null, () -> RpcVertx.start(config));
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
  public <T> RpcWorker serve(Class<T> api, String name, T object) {
    return prepare("serve()", () -> application.objects().serve(api, name, object));
  }

  /** Provides {@code object} for {@link dev.vertxrpc.CallContext#get}, not for calls; before {@link #join()}. */
  public <T> RpcWorker provide(Class<T> type, T object) {
    return prepare("provide()", () -> application.objects().provide(type, object));
  }

  /**
   * Has {@code factory} make the {@linkplain RpcException#getCause() cause} of a failure whose function threw exactly a
   * {@code type}, of what is known of it; before {@link #join()}. It runs on the worker's event loop, must not block,
   * and where it throws or makes null the failure arrives without a cause, and a warning is logged. What no factory
   * is registered for is data only, see {@link RpcException#remoteError()}.
   *
   * @throws IllegalArgumentException if one for {@code type} is registered already
   */
  public <E extends Throwable> RpcWorker restore(Class<E> type,
                                                 Function<RemoteError, ? extends E> factory) {
    return prepare("restore()", () -> application.exceptions().add(type, factory));
  }

  /**
   * Uses {@code codec} for the calls of this worker whose options bring no other, and {@linkplain #addCodec knows}
   * it; before {@link #join()}. Callees have to know one of that name.
   *
   * @throws IllegalArgumentException if it has no name, one of that name is known, or another one is used already
   */
  public RpcWorker codec(RpcCodec codec) {
    return prepare("codec()", () -> application.codecs().use(codec));
  }

  /**
   * Knows {@code codec}: calls that others make with one of that name can be served; before {@link #join()}.
   *
   * @throws IllegalArgumentException if it has no name, or one of that name is known
   */
  public RpcWorker addCodec(RpcCodec codec) {
    return prepare("addCodec()", () -> application.codecs().add(codec));
  }

  /** Tells {@code listener} what this worker does; before {@link #join()}. */
  public RpcWorker listener(RpcListener listener) {
    return prepare("listener()", () -> application.listeners().add(listener));
  }

  private RpcWorker prepare(String method, Runnable change) {
    lifecycle.prepare(method, change);
    return this;
  }

  /**
   * Joins the group: the one call that touches the network. Completes when this worker can call every member
   * and be called by them; fails with NOT_JOINED, saying who is missing or in the way, when {@code
   * joinTimeoutMs} have passed, the start of a Vert.x instance of its own included, and then leaves nothing behind.
   */
  public Future<Rpc> join() {
    return lifecycle.join();
  }

  /**
   * The worker's view of its group.
   *
   * @throws IllegalStateException before it has joined
   */
  public Rpc rpc() {
    return lifecycle.rpc();
  }

  /** The figures of this worker: values it keeps, handles it holds, calls under way; after its end the last. */
  public JsonObject debugInfo() {
    return lifecycle.debugInfo();
  }

  /**
   * Each value that this worker keeps while others may refer to it: {@code id}, {@code creator}, {@code type}, {@code
   * state} (pending, made or failed), {@code localHandles} and {@code holders} with their age. Then each handle that it
   * holds to a value elsewhere, with its {@code owner}. With {@code trackRefSites} also where they were made and on
   * which way they came. Empty before it has joined and after its end.
   */
  public JsonArray references() {
    return lifecycle.references();
  }

  /** The graceful shutdown of the whole group, within {@code shutdownTimeoutMs}. */
  public Future<Void> shutdown() {
    return shutdown(Duration.ofMillis(config.shutdownTimeoutMs()));
  }

  /**
   * The graceful shutdown of the whole group: every member calls it, and those that wait go on serving until
   * all calls have ended and all references are released. However it goes, this worker has left when the
   * Future completes, and its references and calls are gone; it fails with the phase that did not come to an
   * end, and whom it waited for. Nobody joins the group meanwhile; who leaves a dynamic group is not waited for.
   * After the limit this worker gives back what is its own, which takes some seconds more where a value does not close
   * or the cluster does not answer.
   *
   * @throws IllegalArgumentException unless {@code limit} is more than none
   */
  public Future<Void> shutdown(Duration limit) {
    if (limit.isNegative() || limit.isZero()) {
      throw new IllegalArgumentException("the limit of a shutdown is " + limit + ", expected more than none");
    }
    return lifecycle.shutdown(limit);
  }

  /** Leaves: drains its own calls, releases its references, says GOODBYE; waits for nobody else. */
  public Future<Void> leave() {
    return leave(null);
  }

  /** The same; the others are told the {@code cause}, if there is one. */
  Future<Void> leave(Throwable cause) {
    return lifecycle.leave(cause);
  }

  /** Ends at once: calls under way fail here, and there as the GOODBYE that it sends arrives. */
  public Future<Void> close() {
    return lifecycle.close();
  }

  /** Completes when this worker has ended, whoever ended it; fails as that did. */
  public Future<Void> ended() {
    return lifecycle.ended();
  }

  Parts placed() {
    return lifecycle.parts();
  }
}
