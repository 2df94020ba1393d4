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

/** Makes one value of those of all participants, in rank order. Thread-safe as long as its reducer is. */
final class Reduction {
  private final ValueCodec codec;
  private final Type type;
  private final Fn2<Object, Object, Object> reducer;
  private final Roster roster;

  @SuppressWarnings("unchecked")
  <T> Reduction(ValueCodec codec, Type type, Fn2<T, T, T> reducer, Roster roster) {
    this.codec = codec;
    this.type = type;
    this.reducer = (Fn2<Object, Object, Object>) (Fn2<?, ?, ?>) reducer;
    this.roster = roster;
  }

  /**
   * What comes of {@code portions}, which are in the order of the names.
   *
   * @throws dev.vertxrpc.RpcException COLLECTIVE or CODEC, saying why there is nothing
   */
  Portion apply(List<Portion> portions) {
    List<Portion> byRank = roster.byRank(portions);
    Object reduced = decode(byRank, 0);
    for (int i = 1; i < byRank.size(); i++) {
      reduced = reduce(reduced, decode(byRank, i), i);
    }
    Encoded encoded = codec.encode("what the reducer made", type, reduced);
    if (!encoded.refs().isEmpty()) {
      throw refused("the reducer returned an RRef, which cannot be reduced: gather them instead");
    }
    return new Portion(0, new Payload(encoded.body(), encoded.bulk()));
  }

  private Object reduce(Object left, Object right, int rank) {
    Object reduced;
    try {
      reduced = reducer.apply(left, right);
    } catch (Throwable thrown) {
      // Code of the application: whatever it throws, the round has to end.
      throw refused("the reducer threw " + thrown + where(rank)).withCause(thrown);
    }
    if (reduced == null) {
      throw refused("the reducer returned null" + where(rank));
    }
    return reduced;
  }

  private String where(int rank) {
    return " when it came to the value of " + roster.byRank().get(rank).name();
  }

  private static RpcException refused(String why) {
    return RpcException.of(RpcFailure.COLLECTIVE, why);
  }

  private Object decode(List<Portion> byRank, int index) {
    Payload value = byRank.get(index).value();
    return codec.decode("contribution of " + roster.byRank().get(index).name(), value.body(), value.bulk(), type,
        (ref, of) -> {
          throw refused("an RRef was contributed, which cannot be reduced");
        });
  }
}
