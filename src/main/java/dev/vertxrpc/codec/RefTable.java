package dev.vertxrpc.codec;

import dev.vertxrpc.RRef;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * The RRefs met during one encode, each object once, in the order met. Confined to the encode that
 * made it.
 */
final class RefTable {
  private List<RRef<?>> refs = List.of();
  private Map<RRef<?>, Integer> indexes = Map.of();

  /** The index that stands for {@code ref}. */
  int indexOf(RRef<?> ref) {
    if (refs.isEmpty()) {
      refs = new ArrayList<>();
      // By identity: a view equals its handle, yet may be another object with other options.
      indexes = new IdentityHashMap<>();
    }
    Integer known = indexes.putIfAbsent(ref, refs.size());
    if (known != null) {
      return known;
    }
    refs.add(ref);
    return refs.size() - 1;
  }

  List<RRef<?>> refs() {
    return refs.isEmpty() ? refs : Collections.unmodifiableList(refs);
  }
}
