package dev.vertxrpc.ref;

import dev.vertxrpc.wire.ForkId;
import dev.vertxrpc.wire.Tally;
import java.util.HashMap;
import java.util.Map;

/** A tally of forks for each worker that has some. Guarded by the lock of {@link Tables}, which its callers hold. */
final class Tallies {
  private final Map<Long, Tally> tallies = new HashMap<>();
  private int total;

  /** Counts {@code fork}, which it does not count yet. */
  void add(long incarnation, ForkId fork) {
    tallies.merge(incarnation, Tally.NONE.with(fork), (tally, first) -> tally.with(fork));
    total++;
  }

  /** Counts {@code fork} no more, which it counts. */
  void remove(long incarnation, ForkId fork) {
    tallies.computeIfPresent(incarnation, (id, tally) -> {
      total--;
      return tally.count() == 1 ? null : tally.without(fork);
    });
  }

  Tally of(long incarnation) {
    return tallies.getOrDefault(incarnation, Tally.NONE);
  }

  /** Of all workers. */
  int total() {
    return total;
  }

  void clear() {
    tallies.clear();
    total = 0;
  }
}
