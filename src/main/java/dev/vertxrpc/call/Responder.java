package dev.vertxrpc.call;

import dev.vertxrpc.RpcException;
import dev.vertxrpc.RpcFailure;
import dev.vertxrpc.WorkerInfo;
import dev.vertxrpc.codec.ValueCodec;
import dev.vertxrpc.function.Function;
import dev.vertxrpc.function.FunctionTable;
import dev.vertxrpc.wire.Frame;
import dev.vertxrpc.wire.FrameType;
import dev.vertxrpc.wire.FunctionName;
import dev.vertxrpc.wire.ObjectId;
import dev.vertxrpc.wire.RefId;
import dev.vertxrpc.wire.ServiceId;
import java.lang.reflect.Type;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Supplier;

/**
 * Takes the calls of others, and finds what they are to run or fetch; each then goes its own way as a {@link Serving}
 * or {@link ServedFetch}, and is answered, whatever happens, once. Calls arrive on its worker's context; they end on
 * any thread.
 */
final class Responder {
  /** What the fetch of a kept value is called in messages. */
  static final String FETCH = "toHere";
  /** And the question for its class. */
  static final String DESCRIBE = "type";

  private final CallSetup setup;
  private final Activity activity;
  private final Callers callers;
  private final Replies replies;
  private final FunctionTable functions;
  private final LoopWatch watch;
  private final Decoder decoder;
  private boolean stopped;
  private Receivers receivers;
  private ArgumentGate gate;

  Responder(CallSetup setup, Activity activity) {
    this.setup = setup;
    this.activity = activity;
    this.callers = new Callers(setup);
    this.decoder = setup.decoder();
    this.replies = new Replies(setup);
    this.functions = new FunctionTable(setup.application().functions(), setup.application().exposed());
    this.watch = new LoopWatch(setup.node().clock(), setup.limits().blockedLoop(), setup.endpoint().self(),
        setup.listener());
  }

  /** Whether something is under way for {@code peer}. */
  boolean serves(WorkerInfo peer) {
    return callers.serves(peer);
  }

  void connect(Receivers callReceivers, ArgumentGate argumentGate) {
    receivers = callReceivers;
    gate = argumentGate;
    replies.connect(argumentGate);
    setup.endpoint().receive(FrameType.CALL, this::onCall);
    setup.endpoint().receive(FrameType.FETCH, this::onFetch);
    setup.endpoint().receive(FrameType.DESCRIBE, this::onDescribe);
    callers.connect();
    watch.start();
  }

  CallSetup setup() {
    return setup;
  }

  Replies replies() {
    return replies;
  }

  LoopWatch watch() {
    return watch;
  }

  Decoder decoder() {
    return decoder;
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
      kept = call.keep().isPresent() ? receivers.keep(call.keep().get(), from) : null;
    } catch (RpcException refused) {
      // The creator has been told by whoever refused.
      arrival.discard();
      return;
    }
    activity.begin();
    Caller caller = callers.caller(from);
    String full = caller.load().admit(call.bytes());
    Serving serving = new Serving(this, caller, served, call, arrival, kept, full == null);
    caller.begin(call.callId(), serving);
    try {
      if (stopped) {
        throw RpcException.of(RpcFailure.WORKER_LEFT, setup.endpoint().self() + " is leaving its group");
      }
      if (full != null) {
        throw RpcException.of(RpcFailure.OVERLOADED, full);
      }
      serve(serving, call, caller);
      serving.keep();
    } catch (Throwable refused) {
      // Whatever it is, a defect of ours too: the caller gets an answer.
      serving.refuseFor(refused);
    }
  }

  private void serve(Serving serving, Frame.Call call, Caller caller) {
    ObjectId target = call.target().orElse(null);
    if (target instanceof RefId ref) {
      serving.method(receivers.find(ref));
    } else if (target instanceof ServiceId service) {
      ApplicationObjects objects = setup.application().objects();
      ApplicationObjects.Served object = objects.find(service).orElseThrow(() ->
          RpcException.of(RpcFailure.NO_SUCH_FUNCTION, setup.endpoint().self() + " serves no " + service
              + ", but " + objects.roles() + ": call serve() before join() there"));
      serving.function(functions.served(call.function(), object.api(), object.object().getClass()), object.object(),
          caller.turns());
    } else {
      serving.function(functions.function(call.function()), null, caller.turns());
    }
  }

  /** The method of that name of {@code object}, as which {@code made} is kept. */
  Function method(FunctionName name, Receivers.Receiver object, Object made) {
    if (made == null) {
      throw RpcException.of(RpcFailure.NO_SUCH_FUNCTION, "the value that " + name + " is called on is null on "
          + setup.endpoint().self());
    }
    Optional<Class<?>> api = object.api();
    return api.isPresent() ? functions.served(name, api.get(), made.getClass())
        : functions.method(name, made.getClass());
  }

  private void onFetch(WorkerInfo from, Frame.Fetch fetch) {
    wait(from, fetch.callId(), fetch.remainingMillis(), FETCH, fetch.ref(), () -> {
      ValueCodec codec = codec(fetch.codec());
      return (type, value) -> replies.value(from, fetch.callId(), FETCH, codec, type, value);
    });
  }

  private void onDescribe(WorkerInfo from, Frame.Describe describe) {
    wait(from, describe.callId(), describe.remainingMillis(), DESCRIBE, describe.ref(), () -> (type, value) ->
        replies.value(from, describe.callId(), DESCRIBE, setup.codecs().builtIn(), String.class,
            Calls.nameOfClass(value)));
  }

  /** Answers as soon as the value is made. */
  private void wait(WorkerInfo from, long callId, long remainingMillis, String what, RefId ref,
                    Supplier<BiConsumer<Type, Object>> answer) {
    try {
      if (remainingMillis == 0) {
        throw RpcException.of(RpcFailure.TIMEOUT, "its time had passed when it came");
      }
      BiConsumer<Type, Object> reply = answer.get();
      Receivers.Receiver kept = receivers.find(ref);
      Caller caller = callers.caller(from);
      String full = caller.load().admit(0);
      if (full != null) {
        kept.end();
        throw RpcException.of(RpcFailure.OVERLOADED, full);
      }
      activity.begin();
      ServedFetch serving = new ServedFetch(this, caller, callId, kept, reply);
      caller.begin(callId, serving);
      serving.start();
    } catch (RpcException refused) {
      replies.failure(from, callId, setup.failures().refused(refused, what, callId));
    }
  }

  void fetched(Caller caller, long callId, ServedFetch fetch) {
    callers.end(caller, callId, fetch);
    caller.load().release(0);
    activity.end();
  }

  /** A call was answered, or nobody wants its answer any more. */
  void ended(Serving serving, String function, Optional<RpcFailure> failure) {
    ServedCall served = serving.served();
    served.end();
    callers.end(serving.caller(), served.callId(), serving);
    if (serving.isAdmitted()) {
      serving.caller().load().release(serving.bytes());
    }
    setup.listener().callServed(served, function, failure);
    activity.end();
  }

  /** Cancels whatever is served; the worker is gone. */
  void close() {
    watch.close();
    callers.close();
  }
}
