package dev.vertxrpc.call;

import java.util.List;

/** Work for a caller, who may give it up. Thread-safe. */
interface Abandonable {
  /** Stops it as far as it can be stopped; answers the calls that were made for it, to be cancelled too. */
  List<PendingCall> cancel(String why);
}
