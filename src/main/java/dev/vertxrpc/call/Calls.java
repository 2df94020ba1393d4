package dev.vertxrpc.call;

import dev.vertxrpc.CallContext;
import dev.vertxrpc.CallContextLocal;
import dev.vertxrpc.CallOptions;
import dev.vertxrpc.RpcException;
import dev.vertxrpc.RpcFailure;
import dev.vertxrpc.WorkerInfo;
import dev.vertxrpc.codec.ValueCodec;
import dev.vertxrpc.function.MethodReference;
import dev.vertxrpc.wire.CallId;
import dev.vertxrpc.wire.Clock;
import dev.vertxrpc.wire.Fork;
import dev.vertxrpc.wire.Frame;
import dev.vertxrpc.wire.ObjectId;
import dev.vertxrpc.wire.Payload;
import dev.vertxrpc.wire.RefId;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.internal.ContextInternal;
import java.lang.reflect.Type;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The calls of one worker: makes them, and has them served by its {@link Responder}. Calls may be made on
 * any thread, which encodes the arguments; Futures complete on the caller's context. Thread-safe.
 */
public final class Calls {
  private final CallSetup setup;
  private final Activity activity = new Activity();
  private final PendingCalls pending;
  private final Outbox outbox;
  private final Inbox inbox;
  private final Responder responder;
  private final UnobservedFailures unobserved;
  private final AtomicLong callIds = new AtomicLong();
  private volatile Duration timeout;
  private ArgumentGate gate;

  public Calls(CallSetup setup) {
    this.setup = setup;
    this.timeout = setup.limits().callTimeout();
    this.unobserved = new UnobservedFailures(setup.listener());
    this.pending = new PendingCalls(setup.listener(), activity, new Deadlines(setup.node().clock()));
    this.outbox = new Outbox(setup, pending, activity);
    this.inbox = new Inbox(setup, pending);
    this.responder = new Responder(setup, activity);
  }

  /** Joins calls and references, and takes its frames from the endpoint; before that is opened. */
  public void connect(Receivers receivers, ArgumentGate argumentGate) {
    gate = argumentGate;
    outbox.connect(argumentGate);
    inbox.connect(argumentGate);
    responder.connect(receivers, argumentGate);
    setup.endpoint().onBusiness(peer -> outbox.pending(peer) > 0 || responder.serves(peer));
  }

  /** The time that calls get which bring none of their own; zero: none. */
  public Duration timeout() {
    return timeout;
  }

  /**
   * Sets it, for the calls that are made from now on.
   *
   * @throws IllegalArgumentException if it is negative
   */
  public void timeout(Duration limit) {
    if (limit.isNegative()) {
      throw new IllegalArgumentException("the call timeout " + limit + " is negative; Duration.ZERO means none");
    }
    timeout = limit;
  }

  /** Calls a function of {@code to}, or with a {@code target} a method of that object. */
  public <R> Future<R> call(WorkerInfo to, MethodReference function, Optional<ObjectId> target, Object[] arguments,
                            CallOptions options) {
    Terms terms = terms(options);
    ValueCodec codec = setup.codecs().of(options);
    PendingCall call = pendingCall(to, function.text(), function.resultType(), codec, terms);
    Frame.Call frame;
    try {
      frame = frame(call, function, target, Optional.empty(), arguments, options);
    } catch (RpcException refused) {
      return call.refuse(refused);
    }
    return outbox.send(call.sends(frame));
  }

  /** Asks {@code owner} for a copy of what it keeps under that id. */
  public <R> Future<R> fetch(WorkerInfo owner, RefId ref, Type type, CallOptions options) {
    Terms terms = terms(options);
    ValueCodec codec = setup.codecs().of(options);
    PendingCall call = pendingCall(owner, Responder.FETCH, type, codec, terms);
    Frame.Fetch frame = new Frame.Fetch(call.callId(), terms.limitMillis(), ref, codec.name());
    return outbox.send(call.sends(frame));
  }

  /** Asks {@code owner} for the name of the class of what it keeps under that id. */
  public Future<String> describe(WorkerInfo owner, RefId ref, CallOptions options) {
    Terms terms = terms(options);
    PendingCall call = pendingCall(owner, Responder.DESCRIBE, String.class, setup.codecs().builtIn(), terms);
    return outbox.send(call.sends(new Frame.Describe(call.callId(), terms.limitMillis(), ref)));
  }

  /** As {@link #describe} answers. */
  public static String nameOfClass(Object value) {
    return value == null ? "null" : value.getClass().getName();
  }

  /**
   * The value that this worker keeps itself, as soon as it is made: the object, not a copy. Waiting for it is a call
   * like any other, which has a deadline and can be cancelled.
   */
  public <R> Future<R> fetchHere(Future<Object> kept, CallOptions options) {
    if (kept.succeeded()) {
      @SuppressWarnings("unchecked")
      R value = (R) kept.result();
      return CallerContext.of(setup.context()).succeededFuture(value);
    }
    Terms terms = terms(options);
    PendingCall call = pendingCall(setup.endpoint().self(), Responder.FETCH, Object.class,
        setup.codecs().builtIn(), terms);
    return outbox.await(call, kept);
  }

  /** A promise on the caller's context that is told of, as a call is, where it fails with nobody there. */
  public Promise<Void> watched(String function) {
    return new CallFuture<>(CallerContext.of(setup.context()), unobserved, function);
  }

  /** The Future of a call of {@code function} that could not even be made. */
  public <R> Future<R> failed(String function, RpcException why) {
    CallFuture<R> future = new CallFuture<>(CallerContext.of(setup.context()), unobserved, function);
    future.fail(why);
    return future;
  }

  /** The failure of a kept value as the application sees it. */
  public RpcException restored(RpcException failure) {
    return setup.failures().restored(failure);
  }

  /**
   * Has {@code to} run a function and keep the result under {@code keep}; the answer is the owner's to the
   * reference protocol.
   *
   * @throws RpcException CODEC, REF_RELEASED, TIMEOUT, CANCELLED, OVERLOADED, or why the worker is gone; then nothing
   *     was sent
   */
  public Creation remote(WorkerInfo to, MethodReference function, Optional<ObjectId> target, Fork keep,
                         Object[] arguments, CallOptions options) {
    Terms terms = terms(options);
    ValueCodec codec = setup.codecs().of(options);
    // Nobody waits for its answer: it is in no table, and its promise never completes.
    PendingCall call = new PendingCall(outbox, callIds.incrementAndGet(), to, function.text(), function.resultType(),
        codec, Promise.promise(), terms);
    return outbox.create(call.sends(frame(call, function, target, Optional.of(keep), arguments, options)));
  }

  /** Completes when this worker neither waits for a call nor serves one. */
  public Future<Void> idle() {
    return activity.idle();
  }

  /** How many calls are under way, made or served. */
  public int running() {
    return activity.running();
  }

  /** How many calls have ever begun here, made or served, while none is under way; -1 while one is. */
  public long begunWhenIdle() {
    return activity.begunWhenIdle();
  }

  /** How many calls this worker waits for. */
  public int pending() {
    return pending.size();
  }

  /** How many of them {@code peer} is to answer. */
  public int pending(WorkerInfo peer) {
    return outbox.pending(peer);
  }

  /** Whether {@code peer} has said that it takes no calls any more, because it is leaving. */
  public boolean isLeaving(WorkerInfo peer) {
    return inbox.isLeaving(peer);
  }

  /** Refuses calls from now on, WORKER_LEFT; those that run go on. On the worker's context. */
  public void stopServing() {
    responder.stop();
  }

  /** Fails whatever is pending. */
  public void close() {
    responder.close();
    outbox.close();
  }

  private Frame.Call frame(PendingCall call, MethodReference function, Optional<ObjectId> target, Optional<Fork> keep,
                           Object[] arguments, CallOptions options) {
    ValueCodec.Encoded encoded = call.codec().encode(function.parameterTypes(), arguments, call);
    List<Fork> forks = List.of();
    try {
      forks = handOut(encoded, call.peer());
      return new Frame.Call(call.callId(), root(), call.terms().limitMillis(), function.name(), target, keep,
          options.headers(), call.codec().name(), forks,
          new Payload(encoded.bytes(), encoded.length(), encoded.bulk()));
    } catch (Throwable unsent) {
      call.giveBack(encoded.bulk());
      gate.takeBack(forks);
      throw unsent;
    }
  }

  // Nothing is handed out for a call without references, which most are.
  private List<Fork> handOut(ValueCodec.Encoded encoded, WorkerInfo to) {
    return encoded.refs().isEmpty() ? List.of() : gate.handOut(encoded.refs(), to);
  }

  private PendingCall pendingCall(WorkerInfo to, String function, Type resultType, ValueCodec codec,
                                  Terms terms) {
    return new PendingCall(outbox, callIds.incrementAndGet(), to, function, resultType, codec,
        new CallFuture<>(CallerContext.of(setup.context()), unobserved, function), terms);
  }

  private Terms terms(CallOptions options) {
    Clock clock = setup.node().clock();
    long now = clock.nanoTime();
    Deadline own = Deadline.after(clock, now, options.timeout().orElse(timeout));
    ServedCall parent = options.inheritDeadline() ? served() : null;
    return new Terms(clock, now, parent == null ? own : own.min(parent.deadline()), options.cancelOn(), parent);
  }

  private static Optional<CallId> root() {
    ServedCall served = served();
    return served == null ? Optional.empty() : Optional.of(served.root());
  }

  private static ServedCall served() {
    ContextInternal context = (ContextInternal) Vertx.currentContext();
    CallContext current = context == null ? null : CallContextLocal.get(context);
    return current instanceof ServedCall served ? served : null;
  }
}
