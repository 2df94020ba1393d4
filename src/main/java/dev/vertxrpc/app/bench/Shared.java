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
  private static final int COLLECTIONS = 4;

  private Shared() {}

  /** The value. */
  @NonBlocking
  public static Shared value() {
    return VALUE;
  }

  /** The bytes that live objects take in this process; may block. */
  public static long heapBytes() {
    MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
    long least = Long.MAX_VALUE;
    for (int i = 0; i < COLLECTIONS; i++) {
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
