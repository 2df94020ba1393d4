package dev.vertxrpc.codec;

import dev.vertxrpc.RRef;
import java.lang.reflect.Proxy;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;

/**
 * RRefs that can do nothing but be told apart, and a decoder that hands them out and remembers what it
 * was asked. Confined to one test.
 */
final class Refs implements ValueCodec.RefDecoder {
  final List<Type> valueTypes = new ArrayList<>();
  final List<Integer> indexes = new ArrayList<>();
  private final List<RRef<?>> known;

  Refs(List<RRef<?>> known) {
    this.known = known;
  }

  static Refs none() {
    return new Refs(List.of());
  }

  @SuppressWarnings("unchecked")
  static <T> RRef<T> fake(String name) {
    return (RRef<T>) Proxy.newProxyInstance(Refs.class.getClassLoader(), new Class<?>[] {RRef.class},
        (proxy, method, arguments) -> switch (method.getName()) {
          case "toString" -> name;
          case "hashCode" -> System.identityHashCode(proxy);
          case "equals" -> proxy == arguments[0];
          default -> throw new UnsupportedOperationException(method.getName());
        });
  }

  @Override
  public RRef<?> decode(int index, Type valueType) {
    indexes.add(index);
    valueTypes.add(valueType);
    if (index >= known.size()) {
      throw new IllegalArgumentException("no handle " + index);
    }
    return known.get(index);
  }
}
