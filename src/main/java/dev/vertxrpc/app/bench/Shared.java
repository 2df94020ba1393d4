package dev.vertxrpc.app.bench;

import dev.vertxrpc.CallContext;
import dev.vertxrpc.NonBlocking;
import dev.vertxrpc.Remote;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;

/** One value that all references are to, and what it costs its worker to be referred to. Thread-safe. */
@Remote
public final class Shared {
  private static final Shared VALUE = new Shared();
  /** What is only weakly or softly held, and what waits to be cleaned, is not gone after the first. */
  private static final int COLLECTIONS = 3;
  /** In between the process has to show that it lives. */
  private static final long PAUSE_MILLIS = 300;

  private Shared() {}

  /** The value. */
  @NonBlocking
  public static Shared value() {
    return VALUE;
  }

  /** The bytes that live objects take in this process; may block. */
  public static long heapBytes() throws InterruptedException {
    MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
    long least = Long.MAX_VALUE;
    for (int i = 0; i < COLLECTIONS; i++) {
      Thread.sleep(PAUSE_MILLIS);
      memory.gc();
      least = Math.min(least, memory.getHeapMemoryUsage().getUsed());
    }
    return least;
  }

  /** How many values this worker keeps for others. */
  @NonBlocking
  public static long kept() {
    return CallContext.current().get(BenchVerticle.class).kept();
  }
}
