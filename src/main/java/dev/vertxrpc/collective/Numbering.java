package dev.vertxrpc.collective;

import dev.vertxrpc.wire.RoundId;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The numbers of the rounds of each series at one worker, and how the last that failed did so. It remembers the series
 * that were used last. One that it has forgotten begins anew: its leader, or whoever is ahead, tells it where the
 * others are. Confined to its worker's context.
 */
final class Numbering {
  /** So many series are remembered, and beyond that those with rounds under way. */
  static final int REMEMBERED = 4_096;

  private static final class Count {
    private long next;
    /** Of a series that this worker leads: a round failed so before it had come itself. */
    private String missed;
    private long failed;
    private String failure;
  }

  private final Map<Series, Count> counts = new LinkedHashMap<>(16, 0.75f, true);
  private final Predicate<Series> isUnderWay;

  Numbering(Predicate<Series> isUnderWay) {
    this.isUnderWay = isUnderWay;
  }

  private Count count(Series series) {
    Count known = counts.get(series);
    if (known != null) {
      return known;
    }
    forgetOne();
    Count fresh = new Count();
    counts.put(series, fresh);
    return fresh;
  }

  private void forgetOne() {
    if (counts.size() >= REMEMBERED) {
      Iterator<Series> eldest = counts.keySet().iterator();
      while (eldest.hasNext()) {
        if (!isUnderWay.test(eldest.next())) {
          eldest.remove();
          return;
        }
      }
    }
  }

  /** The number of the next round, which is taken with that. */
  long take(Series series) {
    return count(series).next++;
  }

  /** The number that the next one will have. */
  long next(Series series) {
    Count known = counts.get(series);
    return known == null ? 0 : known.next;
  }

  /** Whoever leads is there, or beyond. */
  void atLeast(Series series, long next) {
    Count count = count(series);
    count.next = Math.max(count.next, next);
  }

  void failed(RoundId id, String why) {
    Count count = count(Series.of(id));
    count.failed = id.number();
    count.failure = why;
  }

  /** How that round failed, if it was the last to do so. */
  Optional<String> failure(RoundId id) {
    Count known = counts.get(Series.of(id));
    return known == null || known.failed != id.number() ? Optional.empty() : Optional.ofNullable(known.failure);
  }

  void missed(Series series, String why) {
    count(series).missed = why;
  }

  /** How this worker's next round failed before it came; told once. */
  Optional<String> takeMissed(Series series) {
    Count known = counts.get(series);
    if (known == null || known.missed == null) {
      return Optional.empty();
    }
    String why = known.missed;
    known.missed = null;
    return Optional.of(why);
  }

  /** No series of that participant will have another round. */
  void forget(RoundId.Participant gone) {
    counts.keySet().removeIf(series -> series.participants().contains(gone));
  }

  void clear() {
    counts.clear();
  }
}
