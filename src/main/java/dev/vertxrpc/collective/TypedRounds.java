package dev.vertxrpc.collective;

import dev.vertxrpc.Collectives;
import dev.vertxrpc.Fn2;
import dev.vertxrpc.RpcException;
import dev.vertxrpc.RpcFailure;
import dev.vertxrpc.codec.ValueCodec.Encoded;
import dev.vertxrpc.wire.Operation;
import dev.vertxrpc.wire.Operation.Kind;
import io.vertx.core.Future;
import java.lang.reflect.Type;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;

/** Rounds about values of one type: what each operation brings, and makes of what comes. Thread-safe. */
final class TypedRounds<T> implements Collectives.Typed<T> {
  /** What a failure calls the value of that worker. */
  private record Of(String name) {
    @Override
    public String toString() {
      return "contribution of " + name;
    }
  }

  private final GroupCollectives view;
  private final Type type;

  TypedRounds(GroupCollectives view, Type type) {
    this.view = view;
    this.type = type;
  }

  @Override
  public Future<Map<String, T>> allGather(T value) {
    return view.meet(Operation.of(Kind.ALL_GATHER), entry -> toAll(entry, value), this::byRank);
  }

  @Override
  public Future<Map<String, T>> gather(String to, T value) {
    return view.meet(with(Kind.GATHER, to), entry -> {
      Encoded encoded = encode("contribution", value);
      return entry.bringing(Offering.mint(view.rounds().gate(), List.of(encoded),
          entry.roster().named(to).stream().toList(), receiver -> encoded), Optional.empty());
    }, (roster, received) -> isSelf(to) ? byRank(roster, received) : Map.of());
  }

  @Override
  public Future<T> broadcast(String from, T value) {
    return view.meet(with(Kind.BROADCAST, from), entry -> {
      if (isSelf(from)) {
        return toAll(entry, value);
      }
      if (value != null) {
        throw new IllegalArgumentException(entry.operation() + ": " + self() + " has brought a value, which would be "
            + "dropped; pass null everywhere but at " + from);
      }
      return entry;
    }, (roster, received) -> received.decode(0, view.codec(), "broadcast of " + from, type));
  }

  @Override
  public Future<T> scatter(String from, Map<String, T> values) {
    return view.meet(with(Kind.SCATTER, from), entry -> isSelf(from) ? toEach(entry, values) : nothing(entry, values),
        (roster, received) -> received.decode(0, view.codec(), "scattered value of " + from, type));
  }

  private Entry toEach(Entry entry, Map<String, T> values) {
    Roster roster = entry.roster();
    if (values == null || !values.keySet().equals(new TreeSet<>(roster.names()))) {
      throw view.misnamed(entry.operation() + ": one value for each of " + roster.names() + " is needed, there are "
          + "some for " + (values == null ? "nobody"
              : values.keySet().stream().map(String::valueOf).sorted().toList()));
    }
    Map<String, Encoded> encoded = new LinkedHashMap<>();
    roster.byName().forEach(worker -> encoded.put(worker.name(), encode("value for " + worker.name(),
        values.get(worker.name()))));
    return entry.bringing(Offering.mint(view.rounds().gate(), List.copyOf(encoded.values()), roster.byName(),
        receiver -> encoded.get(receiver.name())), Optional.empty());
  }

  private Entry nothing(Entry entry, Map<String, T> values) {
    if (values != null && !values.isEmpty()) {
      throw new IllegalArgumentException(entry.operation() + ": " + self() + " has brought values, which would be "
          + "dropped; pass an empty map everywhere but at " + entry.operation().root());
    }
    return entry;
  }

  @Override
  public Future<T> allReduce(T value, Fn2<T, T, T> associative) {
    Objects.requireNonNull(associative, "associative");
    return view.meet(Operation.of(Kind.ALL_REDUCE), entry -> toLeader(entry, value, associative),
        (roster, received) -> reduced(received));
  }

  @Override
  public Future<Optional<T>> reduce(String to, T value, Fn2<T, T, T> associative) {
    Objects.requireNonNull(associative, "associative");
    return view.meet(with(Kind.REDUCE, to), entry -> toLeader(entry, value, associative),
        (roster, received) -> isSelf(to) ? Optional.of(reduced(received)) : Optional.empty());
  }

  private T reduced(Received received) {
    return received.decode(0, view.codec(), "reduced value", type);
  }

  private Entry toLeader(Entry entry, T value, Fn2<T, T, T> associative) {
    if (value == null) {
      throw new IllegalArgumentException(entry.operation() + ": " + self() + " has brought null, which no reducer is "
          + "asked about");
    }
    Encoded encoded = encode("contribution", value);
    if (!encoded.refs().isEmpty()) {
      throw RpcException.of(RpcFailure.COLLECTIVE, entry.operation() + ": there is an RRef in the value of " + self()
          + ", which cannot be reduced; gather the values instead");
    }
    return entry.bringing(Offering.mint(view.rounds().gate(), List.of(encoded), List.of(), receiver -> encoded),
        Optional.of(new Reduction(view.codec(), type, associative)));
  }

  private Entry toAll(Entry entry, T value) {
    Encoded encoded = encode("contribution", value);
    return entry.bringing(Offering.mint(view.rounds().gate(), List.of(encoded), entry.roster().byName(),
        receiver -> encoded), Optional.empty());
  }

  private Encoded encode(String label, T value) {
    return view.codec().encode(label, type, value);
  }

  private Map<String, T> byRank(Roster roster, Received received) {
    Map<String, T> values = new LinkedHashMap<>(2 * roster.byRank().size());
    for (int i = 0; i < roster.byRank().size(); i++) {
      String name = roster.byRank().get(i).name();
      values.put(name, received.decode(roster.places().get(i), view.codec(), new Of(name), type));
    }
    return values;
  }

  private static Operation with(Kind kind, String root) {
    return new Operation(kind, Objects.requireNonNull(root, "the name of the worker that it goes to or comes from"));
  }

  private String self() {
    return view.rounds().self().name();
  }

  private boolean isSelf(String name) {
    return name.equals(self());
  }
}
