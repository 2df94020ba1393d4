package dev.vertxrpc.call;

/** What was asked of another worker for a call that is being served, and goes down with that. Thread-safe. */
interface Nested {
  void cancel(String why);
}
