package dev.vertxrpc.call;

/** Work for a caller, who may give it up. Thread-safe. */
interface Abandonable {
  /** Stops it, as far as it can be stopped, and what was asked of others for it. */
  void cancel(String why);

  /** Whether others may wait for it when its caller is gone. */
  boolean outlivesCaller();
}
