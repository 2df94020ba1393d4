package dev.vertxrpc.testing;

import dev.vertxrpc.wire.Clock;
import io.netty.util.Timeout;
import io.netty.util.Timer;
import io.netty.util.TimerTask;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListSet;

/** A clock that stands still until it is told to go on, and then rings in the order of the times. Thread-safe. */
public final class ManualClock implements Clock {
  private final ConcurrentSkipListSet<Alarm> alarms = new ConcurrentSkipListSet<>();
  private long now;
  private long numbers;

  @Override
  public synchronized long nanoTime() {
    return now;
  }

  @Override
  public synchronized Timeout schedule(Duration delay, Runnable task) {
    Alarm alarm = new Alarm(now + delay.toNanos(), numbers++, task);
    alarms.add(alarm);
    return alarm;
  }

  @Override
  public void stop() {
    alarms.clear();
  }

  /** How long until the next alarm; empty where there is none. */
  public synchronized Optional<Duration> untilNext() {
    return alarms.isEmpty() ? Optional.empty() : Optional.of(Duration.ofNanos(alarms.first().nanos - now));
  }

  /** How many alarms are set. */
  public int alarms() {
    return alarms.size();
  }

  /** Goes on by {@code duration}, and runs what rings by then on the thread of the caller. */
  public void advance(Duration duration) {
    long until = nanoTime() + duration.toNanos();
    for (Alarm next = poll(until); next != null; next = poll(until)) {
      next.task.run();
    }
    synchronized (this) {
      now = until;
    }
  }

  private synchronized Alarm poll(long until) {
    if (alarms.isEmpty() || alarms.first().nanos > until) {
      return null;
    }
    Alarm first = alarms.pollFirst();
    now = Math.max(now, first.nanos);
    first.expired = true;
    return first;
  }

  private final class Alarm implements Timeout, Comparable<Alarm> {
    private final long nanos;
    private final long number;
    private final Runnable task;
    private volatile boolean expired;

    Alarm(long nanos, long number, Runnable task) {
      this.nanos = nanos;
      this.number = number;
      this.task = task;
    }

    @Override
    public int compareTo(Alarm other) {
      return nanos == other.nanos ? Long.compare(number, other.number) : Long.compare(nanos, other.nanos);
    }

    @Override
    public boolean cancel() {
      return alarms.remove(this);
    }

    @Override
    public boolean isExpired() {
      return expired;
    }

    @Override
    public boolean isCancelled() {
      return !expired && !alarms.contains(this);
    }

    @Override
    public Timer timer() {
      throw new UnsupportedOperationException("a manual clock has no timer");
    }

    @Override
    public TimerTask task() {
      return timeout -> task.run();
    }
  }
}
