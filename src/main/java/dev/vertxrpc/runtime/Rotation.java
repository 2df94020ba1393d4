package dev.vertxrpc.runtime;

import dev.vertxrpc.WorkerInfo;
import java.util.List;
import java.util.function.ToIntFunction;

/**
 * Picks one of several workers that would do as well: the one that is waited for least and, among equals, the next
 * after the last. Thread-safe.
 */
final class Rotation {
  private int lastRank = -1;

  /** One of {@code candidates}, which are in rank order and at least one. */
  synchronized WorkerInfo next(List<WorkerInfo> candidates, ToIntFunction<WorkerInfo> pending) {
    int first = 0;
    while (first < candidates.size() && candidates.get(first).rank() <= lastRank) {
      first++;
    }
    WorkerInfo least = null;
    int fewest = Integer.MAX_VALUE;
    for (int i = 0; i < candidates.size(); i++) {
      WorkerInfo candidate = candidates.get((first + i) % candidates.size());
      int waiting = pending.applyAsInt(candidate);
      if (waiting < fewest) {
        least = candidate;
        fewest = waiting;
      }
    }
    lastRank = least.rank();
    return least;
  }
}
