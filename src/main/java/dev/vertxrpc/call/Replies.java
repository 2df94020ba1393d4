package dev.vertxrpc.call;

import dev.vertxrpc.RpcException;
import dev.vertxrpc.RpcFailure;
import dev.vertxrpc.WorkerInfo;
import dev.vertxrpc.codec.BulkRoom;
import dev.vertxrpc.codec.ValueCodec;
import dev.vertxrpc.wire.Fork;
import dev.vertxrpc.wire.Frame;
import dev.vertxrpc.wire.Lanes;
import dev.vertxrpc.wire.Outgoing;
import dev.vertxrpc.wire.Payload;
import io.vertx.core.buffer.Buffer;
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
    Sending sending = new Sending(this, to, callId, function);
    try {
      sending.encode(codec, type, value);
    } catch (Throwable unencodable) {
      // An Error too: a value may be too large for the memory there is.
      RpcException why = unencodable instanceof RpcException refused ? refused : RpcException.of(RpcFailure.CODEC,
          "the result of " + function + " cannot be encoded: " + unencodable).withCause(unencodable);
      failure(to, callId, setup.failures().refused(why, function, callId).mayHaveRun(true));
      return Optional.of(why.failure());
    }
    return send(to, sending);
  }

  private Optional<RpcFailure> send(WorkerInfo to, Sending sending) {
    try {
      if (!setup.endpoint().send(to, sending)) {
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

  /** Sends why there is no value. */
  void failure(WorkerInfo to, long callId, RpcException failure) {
    setup.endpoint().send(to, Failures.frame(callId, failure));
  }

  /**
   * A result on its way out: it is encoded, once, then it is written, or what was handed out for it is taken back.
   * Thread-safe from then on.
   */
  private static final class Sending implements Outgoing, BulkRoom {
    private static final AtomicIntegerFieldUpdater<Sending> DECIDED =
        AtomicIntegerFieldUpdater.newUpdater(Sending.class, "decided");

    private final Replies replies;
    private final WorkerInfo to;
    private final long callId;
    private final String function;
    private Frame.Result result;
    private volatile int decided;

    Sending(Replies replies, WorkerInfo to, long callId, String function) {
      this.replies = replies;
      this.to = to;
      this.callId = callId;
      this.function = function;
    }

    void encode(ValueCodec codec, Type type, Object value) {
      ValueCodec.Encoded encoded = codec.encode("result", type, value, this);
      List<Fork> forks = List.of();
      try {
        forks = encoded.refs().isEmpty() ? List.of() : replies.gate.handOut(encoded.refs(), to);
        result = new Frame.Result(callId, forks, new Payload(encoded.bytes(), encoded.length(), encoded.bulk()));
      } catch (Throwable unsent) {
        giveBack(encoded.bulk());
        replies.gate.takeBack(forks);
        throw unsent;
      }
    }

    @Override
    public Buffer claim(int bytes) {
      return lanes().claim(to, bytes);
    }

    @Override
    public void giveBack(List<Buffer> copies) {
      lanes().giveBack(to, copies);
    }

    private Lanes lanes() {
      return replies.setup.endpoint().lanes();
    }

    @Override
    public Frame frame() {
      return result;
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
      replies.failure(to, callId, replies.setup.failures().refused(RpcException.of(RpcFailure.CODEC,
          "the result could not be written: " + cause), function, callId).mayHaveRun(true));
      return true;
    }

    void takeBack() {
      lanes().giveBack(to, result);
      replies.gate.takeBack(result.forks());
    }
  }
}
