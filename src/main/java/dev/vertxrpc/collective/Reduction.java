package dev.vertxrpc.collective;

import dev.vertxrpc.Fn2;
import dev.vertxrpc.RpcException;
import dev.vertxrpc.RpcFailure;
import dev.vertxrpc.codec.ValueCodec;
import dev.vertxrpc.codec.ValueCodec.Encoded;
import dev.vertxrpc.wire.Payload;
import dev.vertxrpc.wire.Portion;
import java.lang.reflect.Type;
import java.util.List;

/** Makes one value of some, in rank order. Thread-safe as long as its reducer is. */
final class Reduction {
  private final ValueCodec codec;
  private final Type type;
  private final Fn2<Object, Object, Object> reducer;

  /** A value, and whose it is, or was made of. */
  record Part(String of, Portion value) {}

  @SuppressWarnings("unchecked")
  <T> Reduction(ValueCodec codec, Type type, Fn2<T, T, T> reducer) {
    this.codec = codec;
    this.type = type;
    this.reducer = (Fn2<Object, Object, Object>) (Fn2<?, ?, ?>) reducer;
  }

  /**
   * What comes of {@code parts}, which are in rank order.
   *
   * @throws dev.vertxrpc.RpcException COLLECTIVE or CODEC, saying why there is nothing
   */
  Portion apply(List<Part> parts) {
    Object reduced = decode(parts.get(0));
    for (Part part : parts.subList(1, parts.size())) {
      reduced = reduce(reduced, decode(part), part.of());
    }
    Encoded encoded = codec.encode("what the reducer made", type, reduced);
    if (!encoded.refs().isEmpty()) {
      throw refused("the reducer returned an RRef, which cannot be reduced: gather them instead");
    }
    return new Portion(0, new Payload(encoded.body(), encoded.bulk()));
  }

  private Object reduce(Object left, Object right, String of) {
    Object reduced;
    try {
      reduced = reducer.apply(left, right);
    } catch (Throwable thrown) {
      // Code of the application: whatever it throws, the round has to end.
      throw refused("the reducer threw " + thrown + where(of)).withCause(thrown);
    }
    if (reduced == null) {
      throw refused("the reducer returned null" + where(of));
    }
    return reduced;
  }

  private static String where(String of) {
    return " when it came to the value of " + of;
  }

  private static RpcException refused(String why) {
    return RpcException.of(RpcFailure.COLLECTIVE, why);
  }

  private Object decode(Part part) {
    Payload value = part.value().value();
    return codec.decode("contribution of " + part.of(), value.body(), value.bulk(), type, (ref, of) -> {
      throw refused("an RRef was contributed, which cannot be reduced");
    });
  }
}
