package dev.vertxrpc.codec;

import java.lang.reflect.Array;
import java.lang.reflect.RecordComponent;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Equality that looks into arrays wherever they are; everything else by equals. Immutable. */
final class Equality {
  private Equality() {
  }

  static boolean same(Object a, Object b) {
    if (a == b || a != null && a.equals(b)) {
      return true;
    }
    if (a == null || b == null) {
      return false;
    }
    if (a.getClass().isArray()) {
      return a.getClass() == b.getClass() && sameArrays(a, b);
    }
    if (a instanceof List<?> list && b instanceof List<?> other) {
      return list.size() == other.size() && sameElements(list.iterator(), other.iterator());
    }
    if (a instanceof Map<?, ?> map && b instanceof Map<?, ?> other) {
      return map.keySet().equals(other.keySet())
          && map.keySet().stream().allMatch(key -> same(map.get(key), other.get(key)));
    }
    if (a instanceof Optional<?> optional && b instanceof Optional<?> other) {
      return same(optional.orElse(null), other.orElse(null));
    }
    return a.getClass() == b.getClass() && a instanceof Record && sameComponents(a, b);
  }

  private static boolean sameArrays(Object a, Object b) {
    if (Array.getLength(a) != Array.getLength(b)) {
      return false;
    }
    for (int i = 0; i < Array.getLength(a); i++) {
      if (!same(Array.get(a, i), Array.get(b, i))) {
        return false;
      }
    }
    return true;
  }

  private static boolean sameElements(Iterator<?> a, Iterator<?> b) {
    while (a.hasNext()) {
      if (!same(a.next(), b.next())) {
        return false;
      }
    }
    return true;
  }

  private static boolean sameComponents(Object a, Object b) {
    try {
      for (RecordComponent component : a.getClass().getRecordComponents()) {
        component.getAccessor().setAccessible(true);
        if (!same(component.getAccessor().invoke(a), component.getAccessor().invoke(b))) {
          return false;
        }
      }
      return true;
    } catch (ReflectiveOperationException impossible) {
      throw new AssertionError(impossible);
    }
  }
}
