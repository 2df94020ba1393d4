package dev.vertxrpc.collective;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.vertxrpc.Collectives;
import dev.vertxrpc.Group;
import dev.vertxrpc.RpcException;
import dev.vertxrpc.WorkerInfo;
import dev.vertxrpc.codec.ValueCodec;
import dev.vertxrpc.wire.Payload;
import dev.vertxrpc.wire.RoundId;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import java.lang.reflect.Type;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

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
    Promise<Void> met = rounds.callerPromise();
    try {
      enter(participants(), Payload.of(Buffer.buffer())).<Void>mapEmpty().onComplete(met);
    } catch (RpcException refused) {
      met.fail(refused);
    }
    return met.future();
  }

  @Override
  public <T> Typed<T> of(Class<T> type) {
    return value -> allGather(type, value);
  }

  @Override
  public <T> Typed<T> of(TypeReference<T> type) {
    return value -> allGather(type.getType(), value);
  }

  private <T> Future<Map<String, T>> allGather(Type type, T value) {
    Promise<Map<String, T>> gathered = rounds.callerPromise();
    try {
      ValueCodec.Encoded encoded = codec.encode("contribution", type, value);
      if (!encoded.refs().isEmpty()) {
        throw Rounds.failure("an RRef cannot be contributed yet: hand it out in a call");
      }
      List<WorkerInfo> byRank = participants();
      enter(byRank, new Payload(encoded.body(), encoded.bulk()))
          .map(values -> this.<T>decode(type, byRank, values)).onComplete(gathered);
    } catch (RpcException refused) {
      gathered.fail(refused);
    }
    return gathered.future();
  }

  @SuppressWarnings("unchecked")
  private <T> Map<String, T> decode(Type type, List<WorkerInfo> byRank, List<Payload> values) {
    List<String> sorted = byRank.stream().map(WorkerInfo::name).sorted().toList();
    Map<String, T> result = new LinkedHashMap<>();
    for (WorkerInfo worker : byRank) {
      Payload value = values.get(sorted.indexOf(worker.name()));
      Object decoded = codec.decode("contribution of " + worker.name(), value.body(), value.bulk(), type,
          (index, of) -> {
            throw Rounds.failure(worker.name() + " contributed an RRef");
          });
      result.put(worker.name(), (T) decoded);
    }
    return result;
  }

  private Future<List<Payload>> enter(List<WorkerInfo> byRank, Payload value) {
    return rounds.enter(byRank.stream().sorted(Comparator.comparing(WorkerInfo::name))
        .map(Rounds::participant).toList(), tag, limit, value);
  }

  /** In rank order. */
  private List<WorkerInfo> participants() {
    Group group = rounds.membership().group();
    if (names.isEmpty()) {
      List<WorkerInfo> lost = rounds.membership().lost();
      if (!lost.isEmpty()) {
        throw Rounds.failure("the group has lost " + lost);
      }
      return group.workers();
    }
    return names.get().stream()
        .map(name -> group.worker(name).orElseThrow(() -> Rounds.failure(name + " is not in the group, which is "
            + group.workers())))
        .sorted(Comparator.comparingInt(WorkerInfo::rank)).toList();
  }
}
