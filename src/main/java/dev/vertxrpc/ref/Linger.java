package dev.vertxrpc.ref;

import dev.vertxrpc.wire.Timers;
import io.netty.util.Timeout;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongConsumer;

/**
 * Workers that are gone, whose handles still count for a while: each may have handed one on to somebody whose
 * REGISTER is on its way. Thread-safe.
 */
final class Linger {
  private final Timers timers;
  private final Duration time;
  private final LongConsumer over;
  private final Map<Long, Timeout> lingering = new HashMap<>();
  private boolean ended;

  /** {@code over} is told, under no lock of this, whose time has passed. */
  Linger(Timers timers, Duration time, LongConsumer over) {
    this.timers = timers;
    this.time = time;
    this.over = over;
  }

  synchronized void begin(long incarnation) {
    if (!ended) {
      lingering.computeIfAbsent(incarnation, gone -> timers.after(time, () -> pass(gone)));
    }
  }

  private void pass(long incarnation) {
    Timeout passed;
    synchronized (this) {
      passed = lingering.remove(incarnation);
    }
    if (passed != null) {
      over.accept(incarnation);
    }
  }

  /** The time of all has passed: nothing is on its way any more. */
  void cutShort() {
    List<Long> all;
    synchronized (this) {
      lingering.values().forEach(Timeout::cancel);
      all = List.copyOf(lingering.keySet());
    }
    all.forEach(this::pass);
  }

  /** Nobody's time passes from here on. */
  synchronized void end() {
    ended = true;
    lingering.values().forEach(Timeout::cancel);
    lingering.clear();
  }
}
