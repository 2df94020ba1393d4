package dev.vertxrpc.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits, for a bounded time, for what tells nobody when it has happened, such as things of other processes. */
public final class Eventually {
  private static final long PATIENCE_NANOS = 60_000_000_000L;
  private static final long LOOK_AGAIN_NANOS = 5_000_000;

  private Eventually() { }

  /** Blocks the caller until {@code condition} holds, and fails naming {@code what} after a minute. */
  public static void eventually(String what, BooleanSupplier condition) {
    long end = System.nanoTime() + PATIENCE_NANOS;
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime() - end).as("waits for: " + what).isNegative();
      LockSupport.parkNanos(LOOK_AGAIN_NANOS);
    }
  }
}
