package dev.vertxrpc.call;

import dev.vertxrpc.CallContext;
import dev.vertxrpc.CallContextLocal;
import dev.vertxrpc.CallOptions;
import dev.vertxrpc.RpcException;
import dev.vertxrpc.RpcFailure;
import dev.vertxrpc.WorkerInfo;
import dev.vertxrpc.codec.ValueCodec;
import dev.vertxrpc.wire.Fork;
import dev.vertxrpc.wire.Frame;
import dev.vertxrpc.wire.FrameType;
import dev.vertxrpc.wire.RefId;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.internal.ContextInternal;
import java.lang.reflect.Type;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The calls of one worker: makes them, and has them served by its {@link Responder}. Calls may be made on
 * any thread, which encodes the arguments; Futures complete on the caller's context. Answers are taken on
 * the worker's context, deadlines on the node's timer. Thread-safe.
 */
public final class Calls {
  private final CallSetup setup;
  private final Activity activity = new Activity();
  private final PendingCalls pending;
  private final Responder responder;
  private final AtomicLong callIds = new AtomicLong();
  private ArgumentGate gate;

  public Calls(CallSetup setup) {
    this.setup = setup;
    this.pending = new PendingCalls(setup.listener(), activity);
    this.responder = new Responder(setup, activity);
  }

  /** Joins calls and references, and takes its frames from the endpoint; before that is opened. */
  public void connect(Receivers receivers, ArgumentGate argumentGate) {
    gate = argumentGate;
    responder.connect(receivers, argumentGate);
    setup.endpoint().receive(FrameType.CALL, responder::onCall);
    setup.endpoint().receive(FrameType.FETCH, responder::onFetch);
    setup.endpoint().receive(FrameType.RESULT, this::onResult);
    setup.endpoint().receive(FrameType.FAILURE, this::onFailure);
    setup.endpoint().onLoss(this::onGone);
  }

  /** Calls a function of {@code to}, or with a {@code target} a method of what it keeps under that id. */
  public <R> Future<R> call(WorkerInfo to, MethodReference function, Optional<RefId> target, Object[] arguments,
                            CallOptions options) {
    ContextInternal caller = callerContext();
    Deadline deadline = deadline(options);
    PendingCall call = pendingCall(to, function.text(), function.resultType(), deadline, caller);
    if (deadline.isOver()) {
      return caller.failedFuture(timedOut(call));
    }
    Frame.Call frame;
    try {
      ValueCodec.Encoded encoded = setup.codec().encode(function.parameterTypes(), arguments);
      frame = new Frame.Call(call.callId(), rootCallId(call.callId()), deadline.remainingMillis(),
          function.name(), target, Optional.empty(), handOut(encoded, to), encoded.body());
    } catch (RpcException refused) {
      return caller.failedFuture(refused);
    }
    return send(call, deadline, frame);
  }

  /** Asks {@code owner} for a copy of what it keeps under that id. */
  public <R> Future<R> fetch(WorkerInfo owner, RefId ref, Type type, CallOptions options) {
    ContextInternal caller = callerContext();
    Deadline deadline = deadline(options);
    PendingCall call = pendingCall(owner, "toHere", type, deadline, caller);
    return deadline.isOver() ? caller.failedFuture(timedOut(call))
        : send(call, deadline, new Frame.Fetch(call.callId(), deadline.remainingMillis(), ref));
  }

  /**
   * Has {@code to} run a function and keep the result under {@code keep}; the answer is the owner's to the
   * reference protocol.
   *
   * @throws RpcException CODEC, REF_RELEASED, or why the worker is gone; then nothing was sent
   */
  public void remote(WorkerInfo to, MethodReference function, Optional<RefId> target, Fork keep,
                     Object[] arguments, CallOptions options) {
    long callId = callIds.incrementAndGet();
    ValueCodec.Encoded encoded = setup.codec().encode(function.parameterTypes(), arguments);
    Frame.Call frame = new Frame.Call(callId, rootCallId(callId), deadline(options).remainingMillis(),
        function.name(), target, Optional.of(keep), handOut(encoded, to), encoded.body());
    if (!setup.endpoint().send(to, frame)) {
      gate.takeBack(frame.forks());
      throw setup.endpoint().whyGone(to);
    }
  }

  /** Completes when this worker neither waits for a call nor serves one. */
  public Future<Void> idle() {
    return activity.idle();
  }

  /** How many calls are under way, made or served. */
  public int running() {
    return activity.running();
  }

  /** How many calls this worker waits for. */
  public int pending() {
    return pending.size();
  }

  /** Refuses calls from now on, WORKER_LEFT; those that run go on. On the worker's context. */
  public void stopServing() {
    responder.stop();
  }

  /** Fails whatever is pending. */
  public void close() {
    pending.close(call -> RpcException.of(RpcFailure.NOT_JOINED, setup.endpoint().self().name()
        + " left its group before " + call.peer() + " answered " + call.function())
        .at(call.peer()).mayHaveRun(call.mayHaveRun()));
  }

  // Nothing is handed out for a call without references, which most are.
  private List<Fork> handOut(ValueCodec.Encoded encoded, WorkerInfo to) {
    return encoded.refs().isEmpty() ? List.of() : gate.handOut(encoded.refs(), to);
  }

  private PendingCall pendingCall(WorkerInfo to, String function, Type resultType, Deadline deadline,
                                  ContextInternal caller) {
    return new PendingCall(callIds.incrementAndGet(), to, function, resultType, caller.promise(),
        deadline.remaining().orElse(Duration.ZERO));
  }

  private <R> Future<R> send(PendingCall call, Deadline deadline, Frame frame) {
    @SuppressWarnings("unchecked")
    Future<R> future = (Future<R>) call.promise().future();
    if (!pending.open(call)) {
      gate.takeBack(frame.forks());
      call.promise().fail(setup.endpoint().whyGone(call.peer()));
      return future;
    }
    // Once this worker has left, its node may have no timer any more.
    if (setup.endpoint().whyGone(call.peer()) == null) {
      deadline.remaining().ifPresent(left -> call.expireWith(setup.node().schedule(left, () -> expire(call))));
    }
    if (!setup.endpoint().send(call.peer(), frame, call::markWritten)) {
      gate.takeBack(frame.forks());
      pending.take(call.callId()).ifPresent(taken -> pending.fail(taken, setup.endpoint().whyGone(call.peer())));
    }
    return future;
  }

  private void expire(PendingCall call) {
    pending.take(call.callId()).ifPresent(taken -> pending.fail(taken, timedOut(taken)));
  }

  private static RpcException timedOut(PendingCall call) {
    return RpcException.of(RpcFailure.TIMEOUT, "no reply from " + call.peer() + " within "
        + millis(call.limit()) + " ms to " + call.function()).at(call.peer()).mayHaveRun(call.mayHaveRun());
  }

  // Rounded up, as the limit was on its way here.
  private static long millis(Duration limit) {
    return limit.plusNanos(999_999).toMillis();
  }

  private void onResult(WorkerInfo from, Frame.Result result) {
    ArgumentGate.Arrival arrival = gate.admit(result.forks(), from);
    Optional<PendingCall> open = pending.take(result.callId(), from);
    if (open.isEmpty()) {
      arrival.discard();
      setup.listener().replyDropped(from);
      return;
    }
    PendingCall call = open.get();
    Object value;
    try {
      value = value(call, result, arrival);
    } catch (Throwable undecodable) {
      arrival.discard();
      RpcException failure = undecodable instanceof RpcException rpc ? rpc : RpcException.of(RpcFailure.CODEC,
          "the result of " + call.function() + " cannot be decoded: " + undecodable).withCause(undecodable);
      pending.fail(call, failure.at(from).mayHaveRun(true));
      return;
    }
    pending.complete(call, value);
  }

  // Who calls a function for its effect does not say what it returns: that stays undecoded.
  private Object value(PendingCall call, Frame.Result result, ArgumentGate.Arrival arrival) {
    if (call.resultType() == Void.class) {
      arrival.discard();
      return null;
    }
    return setup.codec().decode("result of " + call.function(), result.value(), call.resultType(), arrival);
  }

  private void onFailure(WorkerInfo from, Frame.Failure failure) {
    Optional<PendingCall> open = pending.take(failure.callId(), from);
    if (open.isEmpty()) {
      setup.listener().replyDropped(from);
      return;
    }
    pending.fail(open.get(), Failures.exception(failure, from));
  }

  private void onGone(WorkerInfo peer, RpcFailure reason, String message) {
    pending.failAll(peer.incarnation(), call -> RpcException.of(reason, peer + ", called for " + call.function()
        + ": " + message).at(peer).mayHaveRun(call.mayHaveRun()));
  }

  private Deadline deadline(CallOptions options) {
    Deadline own = Deadline.after(options.timeout().orElse(setup.timeout()));
    return options.inheritDeadline() && current() instanceof ServedCall served ? own.min(served.deadline()) : own;
  }

  private long rootCallId(long callId) {
    return current() instanceof ServedCall served ? served.rootCallId() : callId;
  }

  private static CallContext current() {
    ContextInternal context = (ContextInternal) Vertx.currentContext();
    return context == null ? null : CallContextLocal.get(context);
  }

  private ContextInternal callerContext() {
    return setup.context().owner().getOrCreateContext();
  }
}
