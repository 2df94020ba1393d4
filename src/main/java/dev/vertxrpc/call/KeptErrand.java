package dev.vertxrpc.call;

/** The errand of a call that waits for a value which this worker keeps itself. Thread-safe. */
record KeptErrand(PendingCall call, Subscription<Object> value) implements Errand {
  @Override
  public boolean begin() {
    // The function that makes the value runs, or may have.
    call.markWritten();
    value.begin();
    return true;
  }

  @Override
  public void abandon() {}

  @Override
  public void end() {
    value.end();
  }
}
