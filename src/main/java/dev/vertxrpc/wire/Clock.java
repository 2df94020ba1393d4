package dev.vertxrpc.wire;

import io.netty.util.Timeout;
import java.time.Duration;

/** Time as this toolkit sees it: it counts, and rings. Tests have one that waits to be told. Thread-safe. */
public interface Clock {
  /** Nanoseconds since some moment; compare differences only. */
  long nanoTime();

  /** Runs {@code task} not before {@code delay} has passed, on a thread of its own. It must be short. */
  Timeout schedule(Duration delay, Runnable task);

  /** Ends its thread, and waits for that; nothing rings any more. */
  void stop();
}
