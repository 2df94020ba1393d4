package dev.vertxrpc.wire;

import java.util.Map;
import java.util.TreeMap;

/**
 * The free parts of an arena. The first that fits is taken from, so that what is used stays small, and what is free
 * side by side is one. Confined to whoever has the arena's lock.
 */
final class FreeSpace {
  static final int NONE = -1;

  /** The lengths of the parts, by where they begin. */
  private final TreeMap<Integer, Integer> parts = new TreeMap<>();

  FreeSpace(int start, int end) {
    parts.put(start, end - start);
  }

  /** Where so many bytes are that were free; {@link #NONE} where they are not. */
  int take(long bytes) {
    for (Map.Entry<Integer, Integer> part : parts.entrySet()) {
      if (part.getValue() >= bytes) {
        int start = part.getKey();
        int left = (int) (part.getValue() - bytes);
        parts.remove(start);
        if (left > 0) {
          parts.put(start + (int) bytes, left);
        }
        return start;
      }
    }
    return NONE;
  }

  /** They are free again. */
  void add(int start, long bytes) {
    int from = start;
    int length = (int) bytes;
    Map.Entry<Integer, Integer> before = parts.floorEntry(start);
    if (before != null && before.getKey() + before.getValue() == start) {
      from = before.getKey();
      length += before.getValue();
    }
    Integer behind = parts.remove(start + (int) bytes);
    parts.put(from, behind == null ? length : length + behind);
  }
}
