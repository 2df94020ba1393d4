package dev.vertxrpc.call;

import dev.vertxrpc.RpcException;
import dev.vertxrpc.RpcFailure;
import dev.vertxrpc.WorkerInfo;
import dev.vertxrpc.codec.ValueCodec;
import dev.vertxrpc.wire.Fork;
import dev.vertxrpc.wire.Frame;
import dev.vertxrpc.wire.FrameType;
import dev.vertxrpc.wire.ObjectId;
import dev.vertxrpc.wire.Payload;
import dev.vertxrpc.wire.RefId;
import dev.vertxrpc.wire.ServiceId;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Serves the calls of others: finds the function, waits for what it needs, runs it where it belongs and
 * answers, whatever happens, once. Calls arrive and are given up on its worker's context; they end on any thread.
 */
final class Responder {
  /** What the fetch of a kept value is called in messages. */
  static final String FETCH = "toHere";

  private final CallSetup setup;
  private final Activity activity;
  private final Outbox outbox;
  private final FunctionTable functions;
  private final Traffic traffic;
  private final LoopWatch watch;
  private final Map<Long, Caller> callers = new ConcurrentHashMap<>();
  private boolean stopped;
  private Receivers receivers;
  private ArgumentGate gate;

  Responder(CallSetup setup, Activity activity, Outbox outbox) {
    this.setup = setup;
    this.activity = activity;
    this.outbox = outbox;
    this.functions = new FunctionTable(setup.functions(), setup.exposed());
    this.watch = new LoopWatch(setup.node().clock(), setup.blockedLoop(), setup.endpoint().self(), setup.listener());
    this.traffic = new Traffic(setup.limits().maxCallsPerPeer(), setup.limits().maxBytesPerPeer());
  }

  void connect(Receivers callReceivers, ArgumentGate argumentGate) {
    receivers = callReceivers;
    gate = argumentGate;
    setup.endpoint().receive(FrameType.CALL, this::onCall);
    setup.endpoint().receive(FrameType.FETCH, this::onFetch);
    setup.endpoint().receive(FrameType.CANCEL, this::onCancel);
    watch.start();
    setup.endpoint().onLoss((peer, reason, message) -> onGone(peer));
  }

  CallSetup setup() {
    return setup;
  }

  LoopWatch watch() {
    return watch;
  }

  /** The codec that a call names. */
  ValueCodec codec(String name) {
    return setup.codecs().named(name, setup.endpoint().self());
  }

  void stop() {
    stopped = true;
  }

  private void onCall(WorkerInfo from, Frame.Call call) {
    ServedCall served = new ServedCall(setup, from, call);
    ArgumentGate.Arrival arrival = gate.admit(call.forks(), from);
    Receivers.Kept kept;
    try {
      kept = call.keep().map(fork -> receivers.keep(fork, from)).orElse(null);
    } catch (RpcException refused) {
      // The creator has been told by whoever refused.
      arrival.discard();
      return;
    }
    activity.begin();
    Caller caller = caller(from);
    long bytes = call.arguments().bytes();
    String full = traffic.admit(from, bytes);
    Serving serving = new Serving(this, served, call, arrival, kept, full == null);
    caller.begin(call.callId(), serving);
    try {
      if (stopped) {
        throw RpcException.of(RpcFailure.WORKER_LEFT, setup.endpoint().self() + " is leaving its group");
      }
      if (full != null) {
        throw RpcException.of(RpcFailure.OVERLOADED, full);
      }
      serve(serving, call, caller);
    } catch (RpcException refused) {
      serving.refuse(setup.failures().refused(refused, call.function().toString(), call.callId()));
    } catch (Throwable defect) {
      // Of ours: the caller gets an answer all the same.
      serving.refuse(setup.failures().thrown(defect, call.function().toString(), from, call.callId())
          .mayHaveRun(false));
    }
  }

  private Caller caller(WorkerInfo from) {
    return callers.computeIfAbsent(from.incarnation(), first -> new Caller());
  }

  private void serve(Serving serving, Frame.Call call, Caller caller) {
    ObjectId target = call.target().orElse(null);
    if (target instanceof RefId ref) {
      serving.method(receivers.find(ref), functions);
    } else if (target instanceof ServiceId service) {
      ApplicationObjects.Served object = setup.objects().find(service).orElseThrow(() ->
          RpcException.of(RpcFailure.NO_SUCH_FUNCTION, setup.endpoint().self() + " serves no " + service
              + ", but " + setup.objects().roles() + ": call serve() before join() there"));
      serving.function(functions.served(call.function(), object.api(), object.object().getClass()), object.object(),
          caller.turns());
    } else {
      serving.function(functions.function(call.function()), null, caller.turns());
    }
  }

  private void onCancel(WorkerInfo from, Frame.Cancel cancel) {
    Caller caller = callers.get(from.incarnation());
    Abandonable work = caller == null ? null : caller.find(cancel.callId());
    if (work != null) {
      cancel(work, from + " gave it up");
    }
  }

  private void cancel(Abandonable work, String why) {
    work.cancel(why).forEach(nested -> outbox.cancel(nested, "the call that it was made for was cancelled"));
  }

  // Nobody waits for its calls any more.
  private void onGone(WorkerInfo peer) {
    Caller caller = callers.remove(peer.incarnation());
    if (caller != null) {
      caller.all().forEach(work -> cancel(work, peer + " is gone"));
    }
  }

  private void onFetch(WorkerInfo from, Frame.Fetch fetch) {
    Receivers.Receiver kept;
    ValueCodec codec;
    try {
      kept = receivers.find(fetch.ref());
      codec = codec(fetch.codec());
    } catch (RpcException refused) {
      refuse(from, fetch, refused);
      return;
    }
    String full = traffic.admit(from, 0);
    if (full != null) {
      refuse(from, fetch, RpcException.of(RpcFailure.OVERLOADED, full));
      return;
    }
    activity.begin();
    ServedFetch serving = new ServedFetch(this, from, fetch.callId(), codec, kept);
    caller(from).begin(fetch.callId(), serving);
    serving.start();
  }

  private void refuse(WorkerInfo from, Frame.Fetch fetch, RpcException why) {
    answer(from, fetch.callId(), setup.failures().refused(why, FETCH, fetch.callId()));
  }

  void fetched(WorkerInfo from, long callId, ServedFetch fetch) {
    Caller caller = callers.get(from.incarnation());
    if (caller != null) {
      caller.end(callId, fetch);
    }
    traffic.release(from, 0);
    activity.end();
  }

  /** Sends a value, or why it cannot be sent, which is answered. */
  Optional<RpcFailure> answer(WorkerInfo to, long callId, String function, ValueCodec codec, Type type, Object value) {
    Frame.Result result;
    try {
      ValueCodec.Encoded encoded = codec.encode("result", type, value);
      List<Fork> forks = encoded.refs().isEmpty() ? List.of() : gate.handOut(encoded.refs(), to);
      result = new Frame.Result(callId, forks, new Payload(encoded.body(), encoded.bulk()));
    } catch (RpcException unencodable) {
      answer(to, callId, setup.failures().refused(unencodable, function, callId).mayHaveRun(true));
      return Optional.of(unencodable.failure());
    }
    if (!setup.endpoint().send(to, result)) {
      gate.takeBack(result.forks());
    }
    return Optional.empty();
  }

  /** Sends why there is no value. */
  void answer(WorkerInfo to, long callId, RpcException failure) {
    setup.endpoint().send(to, Failures.frame(callId, failure));
  }

  /** A call was answered, or nobody wants its answer any more. */
  void ended(Serving serving, ServedCall served, Frame.Call call, String function, Optional<RpcFailure> failure) {
    served.end();
    Caller caller = callers.get(served.caller().incarnation());
    if (caller != null) {
      caller.end(call.callId(), serving);
    }
    if (serving.isAdmitted()) {
      traffic.release(served.caller(), call.arguments().bytes());
    }
    setup.listener().callServed(served.caller(), function, failure, served.took());
    activity.end();
  }

  /** Cancels whatever is served; the worker is gone. */
  void close() {
    watch.close();
    List.copyOf(callers.values()).forEach(caller ->
        caller.all().forEach(work -> cancel(work, setup.endpoint().self() + " left its group")));
    callers.clear();
  }
}
