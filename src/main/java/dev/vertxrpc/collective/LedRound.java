package dev.vertxrpc.collective;

import dev.vertxrpc.WorkerInfo;
import dev.vertxrpc.wire.Operation;
import dev.vertxrpc.wire.Portion;
import dev.vertxrpc.wire.RoundFrame;
import dev.vertxrpc.wire.RoundId;
import io.netty.util.Timeout;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** A round at its leader: who has contributed what, in the order in which it came. Confined to its worker's context. */
final class LedRound {
  private final RoundId id;
  private final Map<Long, RoundFrame.Contribution> contributions = new LinkedHashMap<>();
  /** Of the first that came. */
  private WorkerInfo first;
  private Operation operation;
  private Timeout timeout;
  private long deadlineNanos;
  private Reduction reduction;
  private Roster roster;
  private boolean amongKnown;

  LedRound(RoundId id) {
    this.id = id;
  }

  RoundId id() {
    return id;
  }

  /** Whether the leader knows all participants, and so is told of whoever is lost. */
  boolean isAmongKnown() {
    return amongKnown;
  }

  void amongKnown() {
    amongKnown = true;
  }

  /** What the first that came wants to do. */
  Operation operation() {
    return operation;
  }

  /** Whether {@code nanos}, on the node's clock, comes before the round's end so far. */
  boolean endsAfter(long nanos) {
    return timeout == null || nanos - deadlineNanos < 0;
  }

  void endAt(long nanos, Timeout timer) {
    cancelTimer();
    deadlineNanos = nanos;
    timeout = timer;
  }

  /** How long it may still take. */
  Duration left(long nanos) {
    return Duration.ofNanos(Math.max(1, deadlineNanos - nanos));
  }

  void cancelTimer() {
    if (timeout != null) {
      timeout.cancel();
    }
  }

  /** Takes what came; answers what is wrong with it, if anything is, which is then said of the whole round. */
  Optional<String> contribute(WorkerInfo from, RoundFrame.Contribution contribution) {
    contributions.putIfAbsent(from.incarnation(), contribution);
    if (first == null) {
      first = from;
      operation = contribution.operation();
    }
    if (contribution.refusal().isPresent()) {
      return Optional.of(from.name() + " cannot take part: " + contribution.refusal().get());
    }
    if (!operation.equals(contribution.operation())) {
      return Optional.of(first.name() + " came for " + operation + ", " + from.name() + " for "
          + contribution.operation() + ": the participants of a round call the same method");
    }
    return Shares.fits(contribution, Rounds.participant(from)) ? Optional.empty()
        : Optional.of("what " + from.name() + " brings is not what " + operation + " takes");
  }

  /** How values become one; only the leader itself brings that. */
  void reduceWith(Reduction how, Roster ofAll) {
    reduction = how;
    roster = ofAll;
  }

  /** Makes one value of those that have come; of a round that is complete. */
  Portion reduced() {
    List<RoundFrame.Contribution> byRank = roster.byRank(contributions());
    return reduction.apply(IntStream.range(0, byRank.size())
        .mapToObj(rank -> new Reduction.Part(roster.byRank().get(rank).name(), byRank.get(rank).portions().get(0)))
        .toList());
  }

  /** Whether somebody has kept its value back, because it is large. */
  boolean isAnyKept() {
    return contributions.values().stream().anyMatch(RoundFrame.Contribution::isKeptBack);
  }

  boolean isComplete() {
    return contributions.size() == id.participants().size();
  }

  boolean hasFrom(long incarnation) {
    return contributions.containsKey(incarnation);
  }

  List<String> missing() {
    return id.participants().stream().filter(each -> !hasFrom(each.incarnation()))
        .map(RoundId.Participant::name).toList();
  }

  /** Everybody's contribution in the order of the participants; of a round that is complete. */
  List<RoundFrame.Contribution> contributions() {
    return id.participants().stream().map(each -> contributions.get(each.incarnation())).toList();
  }
}
