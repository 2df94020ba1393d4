package dev.vertxrpc.call;

import io.netty.util.collection.LongObjectHashMap;
import java.util.List;

/**
 * What is under way, by the number of its call. Numbers follow one another, and would stand in a table as one long row,
 * all of which has to be gone through when one is removed: so they are spread. Not thread-safe.
 *
 * @param <V> what it is
 */
final class CallTable<V> {
  /** Odd, so that no two numbers become one; the golden ratio, so that neighbours come to lie far apart. */
  private static final long SPREAD = 0x9E3779B97F4A7C15L;

  private final LongObjectHashMap<V> values = new LongObjectHashMap<>();

  /** Null where there is nothing. */
  V get(long callId) {
    return values.get(callId * SPREAD);
  }

  void put(long callId, V value) {
    values.put(callId * SPREAD, value);
  }

  /** What was there; null where there was nothing. */
  V remove(long callId) {
    return values.remove(callId * SPREAD);
  }

  int size() {
    return values.size();
  }

  boolean isEmpty() {
    return values.isEmpty();
  }

  List<V> all() {
    return List.copyOf(values.values());
  }
}
