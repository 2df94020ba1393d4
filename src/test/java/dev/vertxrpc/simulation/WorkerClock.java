package dev.vertxrpc.simulation;

import dev.vertxrpc.wire.Clock;
import io.netty.util.Timeout;
import io.netty.util.Timer;
import io.netty.util.TimerTask;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What one worker sees of the time that all share. While the worker is frozen nothing rings; what has become due
 * meanwhile rings when it goes on. Confined to the loop of the one simulation.
 */
final class WorkerClock implements Clock {
  private final Clock all;
  private final Set<Alarm> overdue = new LinkedHashSet<>();
  private boolean frozen;

  WorkerClock(Clock all) {
    this.all = all;
  }

  void freeze() {
    frozen = true;
  }

  void thaw() {
    frozen = false;
    List<Alarm> due = List.copyOf(overdue);
    overdue.clear();
    due.forEach(alarm -> alarm.task.run());
  }

  @Override
  public long nanoTime() {
    return all.nanoTime();
  }

  @Override
  public Timeout schedule(Duration delay, Runnable task) {
    return new Alarm(delay, task);
  }

  @Override
  public void stop() {}

  private final class Alarm implements Timeout {
    private final Runnable task;
    private final Timeout shared;

    Alarm(Duration delay, Runnable task) {
      this.task = task;
      this.shared = all.schedule(delay, this::ring);
    }

    private void ring() {
      if (frozen) {
        overdue.add(this);
      } else {
        task.run();
      }
    }

    @Override
    public boolean cancel() {
      return shared.cancel() | overdue.remove(this);
    }

    @Override
    public boolean isExpired() {
      return shared.isExpired() && !overdue.contains(this);
    }

    @Override
    public boolean isCancelled() {
      return shared.isCancelled();
    }

    @Override
    public Timer timer() {
      return shared.timer();
    }

    @Override
    public TimerTask task() {
      return shared.task();
    }
  }
}
