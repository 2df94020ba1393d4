package dev.vertxrpc.call;

import dev.vertxrpc.wire.Endpoint;
import dev.vertxrpc.wire.Frame;

/** The errand of a call that sends a frame, unless it is given up before that is written. Thread-safe. */
record FrameErrand(Endpoint endpoint, ArgumentGate gate, PendingCall call, Frame frame) implements Errand {
  @Override
  public boolean begin() {
    return endpoint.send(call.peer(), frame, this::isWanted);
  }

  private boolean isWanted() {
    if (call.markWritten()) {
      return true;
    }
    abandon();
    return false;
  }

  @Override
  public void abandon() {
    gate.takeBack(frame.forks());
  }

  @Override
  public void end() {}
}
