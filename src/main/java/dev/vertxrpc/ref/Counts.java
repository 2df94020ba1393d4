package dev.vertxrpc.ref;

import java.util.HashMap;
import java.util.Map;

/** How many of something there are for each worker. Guarded by the lock of {@link Tables}, which its callers hold. */
final class Counts {
  private final Map<Long, Integer> counts = new HashMap<>();

  void add(long incarnation) {
    counts.merge(incarnation, 1, Integer::sum);
  }

  void remove(long incarnation) {
    counts.computeIfPresent(incarnation, (id, count) -> count == 1 ? null : count - 1);
  }

  int of(long incarnation) {
    return counts.getOrDefault(incarnation, 0);
  }

  void clear() {
    counts.clear();
  }
}
