package dev.vertxrpc.app.bench;

/** The workers beside the {@link Driver}. Confined to the thread that runs the works. */
interface Peers extends AutoCloseable {
  /** The name of the worker at that index; 0 is the driver. */
  static String name(int index) {
    return "w" + index;
  }

  /** Has the workers up to that index, which stay until the end; returns when they are in the group. */
  default void upTo(int index) throws Exception {
    for (int i = 1; i <= index; i++) {
      if (!isThere(name(i))) {
        start(name(i));
      }
    }
  }

  boolean isThere(String name);

  /** Starts a worker of that name; returns when it is in the group. */
  void start(String name) throws Exception;

  /** Sends SIGKILL to the process of that worker. */
  void kill(String name);

  /** Sends SIGSTOP to the process of that worker, which lives but does nothing any more. */
  void freeze(String name);

  /** Makes sure that nothing is left of that worker. */
  void remove(String name) throws Exception;

  /** Ends all of them. */
  @Override
  void close();
}
