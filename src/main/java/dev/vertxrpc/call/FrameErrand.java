package dev.vertxrpc.call;

import dev.vertxrpc.RpcException;
import dev.vertxrpc.RpcFailure;
import dev.vertxrpc.wire.Endpoint;
import dev.vertxrpc.wire.Frame;
import dev.vertxrpc.wire.Outgoing;

/** The errand of a call that sends a frame, unless it is given up before that is written. Thread-safe. */
record FrameErrand(Endpoint endpoint, ArgumentGate gate, PendingCalls pending, PendingCall call, Frame frame)
    implements Errand, Outgoing {
  @Override
  public boolean begin() {
    return endpoint.send(call.peer(), frame, this);
  }

  @Override
  public boolean isWanted() {
    if (call.markWritten()) {
      return true;
    }
    abandon();
    return false;
  }

  @Override
  public boolean failed(Throwable cause) {
    abandon();
    pending.take(call.callId()).ifPresent(taken -> pending.fail(taken, RpcException.of(RpcFailure.CODEC,
        call + " on " + call.peer() + " could not be written: " + cause).at(call.peer()).withCause(cause)));
    return true;
  }

  @Override
  public void abandon() {
    endpoint.lanes().giveBack(call.peer(), frame);
    gate.takeBack(frame.forks());
  }

  @Override
  public void end() {}
}
