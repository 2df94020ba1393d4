package dev.vertxrpc.call;

import dev.vertxrpc.RpcException;
import dev.vertxrpc.RpcFailure;
import dev.vertxrpc.WorkerInfo;
import dev.vertxrpc.codec.ValueCodec;
import dev.vertxrpc.wire.Fork;
import dev.vertxrpc.wire.Frame;
import dev.vertxrpc.wire.Outgoing;
import dev.vertxrpc.wire.Payload;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;

/** Sends what the calls of others have come to. Thread-safe. */
final class Replies {
  private final CallSetup setup;
  private ArgumentGate gate;

  Replies(CallSetup setup) {
    this.setup = setup;
  }

  void connect(ArgumentGate argumentGate) {
    gate = argumentGate;
  }

  /** Sends a value, or why it cannot be sent, which is answered. */
  Optional<RpcFailure> value(WorkerInfo to, long callId, String function, ValueCodec codec, Type type, Object value) {
    Frame.Result result;
    LaneRoom room = new LaneRoom(setup.endpoint().lanes(), to);
    List<Fork> forks = List.of();
    try {
      ValueCodec.Encoded encoded = codec.encode("result", type, value, room);
      forks = encoded.refs().isEmpty() ? List.of() : gate.handOut(encoded.refs(), to);
      result = new Frame.Result(callId, forks, new Payload(encoded.bytes(), encoded.length(), encoded.bulk()));
    } catch (Throwable unencodable) {
      // An Error too: a value may be too large for the memory there is.
      room.giveBack();
      gate.takeBack(forks);
      RpcException why = unencodable instanceof RpcException refused ? refused : RpcException.of(RpcFailure.CODEC,
          "the result of " + function + " cannot be encoded: " + unencodable).withCause(unencodable);
      failure(to, callId, setup.failures().refused(why, function, callId).mayHaveRun(true));
      return Optional.of(why.failure());
    }
    return send(to, function, result);
  }

  private Optional<RpcFailure> send(WorkerInfo to, String function, Frame.Result result) {
    Sending sending = new Sending(this, to, function, result);
    try {
      if (!setup.endpoint().send(to, result, sending)) {
        sending.takeBack();
      }
    } catch (Throwable unsent) {
      if (sending.giveUp()) {
        sending.failed(unsent);
        return Optional.of(RpcFailure.CODEC);
      }
    }
    return Optional.empty();
  }

  /** A result on its way out: it is written, or what was handed out for it is taken back. Thread-safe. */
  private static final class Sending implements Outgoing {
    private static final AtomicIntegerFieldUpdater<Sending> DECIDED =
        AtomicIntegerFieldUpdater.newUpdater(Sending.class, "decided");

    private final Replies replies;
    private final WorkerInfo to;
    private final String function;
    private final Frame.Result result;
    private volatile int decided;

    Sending(Replies replies, WorkerInfo to, String function, Frame.Result result) {
      this.replies = replies;
      this.to = to;
      this.function = function;
      this.result = result;
    }

    /** Whether it had not been written, and never will be. */
    boolean giveUp() {
      return DECIDED.compareAndSet(this, 0, 1);
    }

    @Override
    public boolean isWanted() {
      return DECIDED.compareAndSet(this, 0, 1);
    }

    @Override
    public boolean failed(Throwable cause) {
      takeBack();
      replies.failure(to, result.callId(), replies.setup.failures().refused(RpcException.of(RpcFailure.CODEC,
          "the result could not be written: " + cause), function, result.callId()).mayHaveRun(true));
      return true;
    }

    void takeBack() {
      replies.setup.endpoint().lanes().giveBack(to, result);
      replies.gate.takeBack(result.forks());
    }
  }

  /** Sends why there is no value. */
  void failure(WorkerInfo to, long callId, RpcException failure) {
    setup.endpoint().send(to, Failures.frame(callId, failure));
  }
}
