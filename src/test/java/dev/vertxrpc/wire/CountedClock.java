package dev.vertxrpc.wire;

import io.netty.util.Timeout;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The clock of a node that also says how many of its alarms are set. Thread-safe. */
final class CountedClock implements Clock {
  private final Clock clock = new WheelClock();
  private final Set<Timeout> alarms = ConcurrentHashMap.newKeySet();

  @Override
  public long nanoTime() {
    return clock.nanoTime();
  }

  @Override
  public Timeout schedule(Duration delay, Runnable task) {
    Timeout alarm = clock.schedule(delay, task);
    alarms.add(alarm);
    return alarm;
  }

  /** How many have not rung, and will. */
  int alarms() {
    alarms.removeIf(alarm -> alarm.isExpired() || alarm.isCancelled());
    return alarms.size();
  }

  @Override
  public void stop() {
    clock.stop();
  }
}
