package dev.vertxrpc.app.bench;

/** One thing to measure. Immutable. */
interface Work {
  /** As it is asked for and printed. */
  String name();

  /** Whether its workers have to be processes of their own. */
  default boolean needsProcesses() {
    return false;
  }

  /** Whether it is run where no work is named. */
  default boolean isUsual() {
    return true;
  }

  /** Measures it, and prints what was measured. On a thread that may block. */
  void run(Driver driver, Peers peers, Settings settings, Report report) throws Exception;
}
