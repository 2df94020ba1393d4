package dev.vertxrpc.wire;

import io.netty.util.collection.LongObjectHashMap;
import java.util.Collection;
import java.util.List;
import java.util.function.Supplier;

/**
 * Something for each incarnation of a worker that was met. It is looked up with every frame, and changed when workers
 * come and go: so it is read without a lock, and copied for a change. Thread-safe.
 *
 * @param <V> what is kept
 */
public final class Incarnations<V> {
  /** Never changed once it is here. */
  private volatile LongObjectHashMap<V> values = new LongObjectHashMap<>();

  /** Null where there is nothing. */
  public V get(long incarnation) {
    return values.get(incarnation);
  }

  /** What there is, or else what {@code first} makes. */
  public V get(long incarnation, Supplier<V> first) {
    V known = get(incarnation);
    return known != null ? known : putIfAbsent(incarnation, first);
  }

  private synchronized V putIfAbsent(long incarnation, Supplier<V> first) {
    V known = get(incarnation);
    if (known != null) {
      return known;
    }
    V made = first.get();
    LongObjectHashMap<V> changed = copy();
    changed.put(incarnation, made);
    values = changed;
    return made;
  }

  /** Removes {@code value}, if it is that one. */
  public synchronized void remove(long incarnation, V value) {
    if (get(incarnation) == value) {
      LongObjectHashMap<V> changed = copy();
      changed.remove(incarnation);
      values = changed;
    }
  }

  /** Those that are there now. */
  public Collection<V> values() {
    return List.copyOf(values.values());
  }

  private LongObjectHashMap<V> copy() {
    LongObjectHashMap<V> copy = new LongObjectHashMap<>();
    copy.putAll(values);
    return copy;
  }
}
