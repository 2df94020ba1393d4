package dev.vertxrpc.ref;

import dev.vertxrpc.Concurrent;
import dev.vertxrpc.Remote;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** An object whose methods say how many of them ran at a time. */
@Remote
public final class Meeting {
  private final CyclicBarrier two = new CyclicBarrier(2);
  private final AtomicInteger inside = new AtomicInteger();
  private int most;

  /** Ends when another call of it runs at the same time. */
  @Concurrent
  public void meet() throws Exception {
    two.await(20, TimeUnit.SECONDS);
  }

  /** The most calls of it that ran at a time so far. */
  public int alone() {
    most = Math.max(most, inside.incrementAndGet());
    Thread.yield();
    inside.decrementAndGet();
    return most;
  }
}
