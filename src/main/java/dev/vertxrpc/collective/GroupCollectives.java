package dev.vertxrpc.collective;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.vertxrpc.Collectives;
import dev.vertxrpc.RpcException;
import dev.vertxrpc.codec.ValueCodec;
import dev.vertxrpc.wire.Operation;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;

/** A view of a worker's rounds: with whom, under which tag, with which limit. Immutable. */
record GroupCollectives(Rounds rounds, ValueCodec codec, Optional<Set<String>> names, String tag, Duration limit)
    implements Collectives {
  @Override
  public Collectives among(String... some) {
    Set<String> chosen = Set.copyOf(Arrays.asList(some));
    if (!chosen.contains(rounds.self().name())) {
      throw new IllegalArgumentException(rounds.self().name() + " is not among " + Arrays.toString(some)
          + ": a worker takes part only in rounds that it names itself for");
    }
    return new GroupCollectives(rounds, codec, Optional.of(chosen), tag, limit);
  }

  @Override
  public Collectives withTag(String other) {
    return new GroupCollectives(rounds, codec, names, Objects.requireNonNull(other, "tag"), limit);
  }

  @Override
  public Collectives withTimeout(Duration timeout) {
    if (timeout.isNegative() || timeout.isZero()) {
      throw new IllegalArgumentException("the limit of a round is " + timeout + ", expected more than none");
    }
    Duration capped = timeout.compareTo(Rounds.LONGEST) < 0 ? timeout : Rounds.LONGEST;
    return new GroupCollectives(rounds, codec, names, tag, capped);
  }

  @Override
  public Future<Void> barrier() {
    return meet(Operation.of(Operation.Kind.BARRIER), entry -> entry, (roster, received) -> null);
  }

  @Override
  public <T> Typed<T> of(Class<T> type) {
    return new TypedRounds<>(this, type);
  }

  @Override
  public <T> Typed<T> of(TypeReference<T> type) {
    return new TypedRounds<>(this, type.getType());
  }

  /**
   * Takes part in a round. Where {@code brings} throws, whatever it is, the others hear why, so that they need not
   * wait, and the round counts as one that this worker came to.
   */
  <R> Future<R> meet(Operation operation, UnaryOperator<Entry> brings, BiFunction<Roster, Received, R> result) {
    Promise<R> met = rounds.callerPromise();
    Roster roster;
    try {
      roster = rounds.rosters().of(names);
    } catch (RpcException nobody) {
      met.fail(nobody);
      return met.future();
    }
    Entry empty = new Entry(roster, tag, limit, operation, Optional.empty(), Offering.NOTHING, Optional.empty());
    Entry mine;
    try {
      if (operation.hasRoot() && roster.named(operation.root()).isEmpty()) {
        throw misnamed(operation + ": " + operation.root() + " does not take part, " + roster.names() + " do");
      }
      mine = brings.apply(empty);
    } catch (RpcException refused) {
      rounds.enter(empty.refusing(refused.getMessage()), received -> null);
      met.fail(refused);
      return met.future();
    } catch (Throwable misuse) {
      boolean isOurs = misuse instanceof IllegalArgumentException && misuse.getMessage() != null;
      rounds.enter(empty.refusing(isOurs ? misuse.getMessage() : misuse.toString()), received -> null);
      throw misuse;
    }
    rounds.enter(mine, received -> received.orDiscard(() -> result.apply(roster, received))).onComplete(met);
    return met.future();
  }

  /** Wrong names are the caller's mistake where it has named the participants; the group may have changed meanwhile. */
  RuntimeException misnamed(String why) {
    return names.isPresent() ? new IllegalArgumentException(why) : Rounds.failure(why);
  }
}
