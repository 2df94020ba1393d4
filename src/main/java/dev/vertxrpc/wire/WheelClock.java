package dev.vertxrpc.wire;

import io.netty.util.HashedWheelTimer;
import io.netty.util.Timeout;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** The clock of one node: a timer wheel, on a thread that no user code runs on. Thread-safe. */
final class WheelClock implements Clock {
  private static final int TICK_MILLIS = 10;
  /** Some years: longer times would overflow the wheel's count of nanoseconds. */
  private static final Duration LONGEST = Duration.ofDays(3_650);

  private final HashedWheelTimer wheel = new HashedWheelTimer(task -> {
    Thread thread = new Thread(task, "vertx-rpc-timer");
    thread.setDaemon(true);
    return thread;
  }, TICK_MILLIS, TimeUnit.MILLISECONDS);

  @Override
  public long nanoTime() {
    return System.nanoTime();
  }

  @Override
  public Timeout schedule(Duration delay, Runnable task) {
    Duration capped = delay.compareTo(LONGEST) < 0 ? delay : LONGEST;
    return wheel.newTimeout(timeout -> task.run(), capped.toNanos(), TimeUnit.NANOSECONDS);
  }

  @Override
  public void stop() {
    wheel.stop();
  }
}
