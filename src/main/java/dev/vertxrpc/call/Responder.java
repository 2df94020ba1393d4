package dev.vertxrpc.call;

import dev.vertxrpc.RpcException;
import dev.vertxrpc.RpcFailure;
import dev.vertxrpc.WorkerInfo;
import dev.vertxrpc.codec.ValueCodec;
import dev.vertxrpc.wire.Fork;
import dev.vertxrpc.wire.Frame;
import java.lang.reflect.Type;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Serves the calls of others: finds the function, waits for what it needs, runs it where it belongs and
 * answers, whatever happens, once. Confined to its worker's context, but for {@link #answer}, which any
 * thread may call.
 */
final class Responder {
  private final CallSetup setup;
  private final Activity activity;
  private final FunctionTable functions;
  /** Per caller, the queue in which its event-loop functions start. */
  private final Map<Long, Turns> callers = new HashMap<>();
  private boolean stopped;
  private Receivers receivers;
  private ArgumentGate gate;

  Responder(CallSetup setup, Activity activity) {
    this.setup = setup;
    this.activity = activity;
    this.functions = new FunctionTable(setup.functions());
    setup.endpoint().onLoss((peer, reason, message) -> callers.remove(peer.incarnation()));
  }

  void connect(Receivers callReceivers, ArgumentGate argumentGate) {
    receivers = callReceivers;
    gate = argumentGate;
  }

  CallSetup setup() {
    return setup;
  }

  void stop() {
    stopped = true;
  }

  void onCall(WorkerInfo from, Frame.Call call) {
    activity.begin();
    ServedCall served = new ServedCall(setup.rpc(), setup.context().owner(), from,
        Deadline.fromRemainingMillis(call.remainingMillis()), call.callId(), call.rootCallId(),
        System.nanoTime());
    ArgumentGate.Arrival arrival = gate.admit(call.forks(), from);
    Receivers.Kept kept;
    try {
      kept = call.keep().map(fork -> receivers.keep(fork, from)).orElse(null);
    } catch (RpcException refused) {
      // The creator has been told by whoever refused.
      arrival.discard();
      activity.end();
      return;
    }
    Serving serving = new Serving(this, served, call, arrival, kept);
    try {
      if (stopped) {
        throw RpcException.of(RpcFailure.WORKER_LEFT, setup.endpoint().self() + " is leaving its group");
      }
      if (call.target().isPresent()) {
        serving.method(receivers.find(call.target().get()), functions);
      } else {
        serving.function(functions.function(call.function()),
            callers.computeIfAbsent(from.incarnation(), caller -> new Turns()));
      }
    } catch (RpcException refused) {
      serving.refuse(refused);
    } catch (Throwable defect) {
      // Of ours: the caller gets an answer all the same.
      serving.refuse(Failures.thrown(defect, call.function().toString(), setup.endpoint().self())
          .mayHaveRun(false));
    }
  }

  void onFetch(WorkerInfo from, Frame.Fetch fetch) {
    Receivers.Receiver kept;
    try {
      kept = receivers.find(fetch.ref());
    } catch (RpcException released) {
      answer(from, fetch.callId(), released);
      return;
    }
    activity.begin();
    kept.value().onComplete(made -> {
      if (made.succeeded()) {
        answer(from, fetch.callId(), kept.type(), made.result());
      } else {
        answer(from, fetch.callId(), (RpcException) made.cause());
      }
      activity.end();
    });
  }

  /** Sends a value, or why it cannot be sent, which is answered. */
  Optional<RpcFailure> answer(WorkerInfo to, long callId, Type type, Object value) {
    Frame.Result result;
    try {
      ValueCodec.Encoded encoded = setup.codec().encode("result", type, value);
      List<Fork> forks = encoded.refs().isEmpty() ? List.of() : gate.handOut(encoded.refs(), to);
      result = new Frame.Result(callId, forks, encoded.body());
    } catch (RpcException unencodable) {
      answer(to, callId, unencodable.mayHaveRun(true));
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

  void ended(ServedCall served, String function, Optional<RpcFailure> failure) {
    setup.listener().callServed(served.caller(), function, failure, served.took());
    activity.end();
  }
}
