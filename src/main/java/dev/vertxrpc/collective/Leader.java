package dev.vertxrpc.collective;

import dev.vertxrpc.WorkerInfo;
import dev.vertxrpc.call.BlockingExecutor;
import dev.vertxrpc.membership.Membership;
import dev.vertxrpc.wire.Endpoint;
import dev.vertxrpc.wire.Portion;
import dev.vertxrpc.wire.RoundFrame;
import dev.vertxrpc.wire.RoundId;
import dev.vertxrpc.wire.Timers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.IntFunction;
import java.util.stream.Stream;

/**
 * The rounds that one worker leads: it gathers the contributions, owns the deadline, decides alone whether a round
 * succeeds, so that all agree, and sends everybody the outcome. Confined to its worker's context; {@link #size()}
 * and {@link #waitsFor} may be asked by any thread.
 */
final class Leader {
  /** Who is told, at the leader itself. */
  interface Own {
    void onOutcome(WorkerInfo self, RoundFrame.Outcome outcome);

    void onCombine(WorkerInfo self, RoundFrame.Combine combine);
  }

  private final Timers timers;
  private final Endpoint endpoint;
  private final Membership membership;
  private final Numbering numbers;
  private final BlockingExecutor executor;
  private final Own own;
  private final Passing passing;
  private final Map<RoundId, LedRound> led = new ConcurrentHashMap<>();

  Leader(Timers timers, Endpoint endpoint, Membership membership, Numbering numbers, BlockingExecutor executor,
         Own own, Passing passing) {
    this.timers = timers;
    this.endpoint = endpoint;
    this.membership = membership;
    this.numbers = numbers;
    this.executor = executor;
    this.own = own;
    this.passing = passing;
  }

  private WorkerInfo self() {
    return endpoint.self();
  }

  void onContribution(WorkerInfo from, RoundFrame.Contribution contribution) {
    RoundId id = contribution.round();
    if (!Rounds.leader(id).equals(Rounds.participant(self()))
        || !id.participants().contains(Rounds.participant(from))) {
      refuse(from, id, self().name() + " does not lead it, or " + from.name() + " does not take part");
    } else if (led.containsKey(id)) {
      // Who is gone since it was begun has failed it.
      gather(from, contribution);
      askForStrangers(id);
    } else {
      begin(from, contribution);
    }
  }

  private void begin(WorkerInfo from, RoundFrame.Contribution contribution) {
    RoundId id = contribution.round();
    Optional<String> gone = goneFrom(id);
    if (gone.isPresent()) {
      refuse(from, id, gone.get() + " is gone");
    } else if (id.number() < numbers.next(Series.of(id))) {
      refuse(from, id, "it was over when " + from.name() + " came" + because(id));
    } else {
      gather(from, contribution);
      askForStrangers(id);
    }
  }

  // One that the sender has met may have gone before this worker ever heard of it: then nobody tells of its end.
  private void askForStrangers(RoundId id) {
    LedRound round = led.get(id);
    if (round == null || round.isAmongKnown()) {
      return;
    }
    List<RoundId.Participant> strangers = id.participants().stream()
        .filter(each -> membership.worker(each.incarnation()).isEmpty()).toList();
    if (strangers.isEmpty()) {
      round.amongKnown();
    }
    strangers.forEach(stranger ->
        membership.hasJoined(stranger.incarnation()).onSuccess(isMember -> {
          if (!isMember) {
            onGone(stranger, stranger.name() + " is gone");
          }
        }));
  }

  // Who sent it may not know yet, and nobody will tell it again: the round must not wait for its limit.
  private Optional<String> goneFrom(RoundId id) {
    return id.participants().stream().filter(each -> membership.isGone(each.incarnation()))
        .map(RoundId.Participant::name).findFirst();
  }

  private String because(RoundId id) {
    return numbers.failure(id).map(failure -> ": " + failure).orElse("");
  }

  private void refuse(WorkerInfo from, RoundId id, String why) {
    Series series = Series.of(id);
    long next = open(series).mapToLong(round -> round.id().number()).min().orElseGet(() -> numbers.next(series));
    endpoint.send(from, new RoundFrame.Outcome(id, Optional.of(why), next, List.of(), List.of()));
  }

  private Stream<LedRound> open(Series series) {
    return led.values().stream().filter(round -> Series.of(round.id()).equals(series));
  }

  /** Takes this worker's own contribution to a round that it leads. */
  void enter(RoundFrame.Contribution contribution, Entry entry) {
    LedRound round = round(contribution.round());
    entry.reduction().ifPresent(reduction -> round.reduceWith(reduction, entry.roster()));
    gather(self(), contribution);
  }

  private LedRound round(RoundId id) {
    return led.computeIfAbsent(id, LedRound::new);
  }

  private void gather(WorkerInfo from, RoundFrame.Contribution contribution) {
    LedRound round = round(contribution.round());
    limit(round, Duration.ofMillis(Math.max(1, Math.min(contribution.limitMillis(), Rounds.LONGEST.toMillis()))));
    Optional<String> wrong = round.contribute(from, contribution);
    if (wrong.isPresent()) {
      fail(round, wrong.get());
      return;
    }
    failThoseThatWaitInVain(Series.of(round.id()));
    if (round.isComplete()) {
      finish(round);
    }
  }

  private void failThoseThatWaitInVain(Series series) {
    long floor = floor(series);
    List<LedRound> passed = open(series).filter(round -> round.id().number() < floor).toList();
    passed.forEach(round -> fail(round, "others are at number " + floor + " of theirs already, this was "
        + round.id().number()));
  }

  // The most impatient participant sets the limit for all: who gave up alone would disagree with the rest.
  private void limit(LedRound round, Duration limit) {
    long deadline = timers.clock().nanoTime() + limit.toNanos();
    if (round.endsAfter(deadline)) {
      round.endAt(deadline, timers.after(limit, () -> {
        if (isOpen(round)) {
          fail(round, (round.isComplete() ? "the reducer has not ended" : "no contribution from " + round.missing())
              + " within " + limit.toMillis() + " ms");
        }
      }));
    }
  }

  private boolean isOpen(LedRound round) {
    return led.get(round.id()) == round;
  }

  private void finish(LedRound round) {
    Shares shares = new Shares(round.id(), round.operation(), round.contributions());
    if (round.isAnyKept()) {
      RoundFrame.Combine combine = new RoundFrame.Combine(round.id());
      others(round).forEach(worker -> endpoint.send(worker, combine));
      own.onCombine(self(), combine);
    } else if (round.operation().reduces()) {
      reduce(round, shares);
    } else {
      close(round, Optional.empty(), shares::of);
    }
  }

  // Whoever is gone meanwhile is told of by its link, and fails the round.
  private List<WorkerInfo> others(LedRound round) {
    return round.id().participants().stream().skip(1)
        .flatMap(each -> membership.worker(each.incarnation()).stream()).toList();
  }

  /** The values of a round have become one at its participants, or have not. */
  void onCombined(WorkerInfo from, RoundFrame.Combined combined) {
    LedRound round = led.get(combined.round());
    if (round == null || !round.isComplete() || !round.hasFrom(from.incarnation())) {
      return;
    }
    if (combined.failure().isPresent() || combined.portions().size() != 1) {
      fail(round, combined.failure().orElse(from.name() + " has sent no value of all"));
    } else {
      Shares shares = new Shares(round.id(), round.operation(), round.contributions());
      close(round, Optional.empty(), receiver -> shares.of(receiver, combined.portions().get(0)));
    }
  }

  private void reduce(LedRound round, Shares shares) {
    try {
      executor.run(() -> {
        Runnable told = reduced(round, shares);
        timers.context().runOnContext(now -> {
          if (isOpen(round)) {
            told.run();
          }
        });
      });
    } catch (RejectedExecutionException full) {
      fail(round, self().name() + ", its leader, has no thread left for the reducer");
    }
  }

  /** What is to be done on the worker's context once the values are one. */
  private Runnable reduced(LedRound round, Shares shares) {
    try {
      Portion reduced = round.reduced();
      return () -> close(round, Optional.empty(), receiver -> shares.of(receiver, reduced));
    } catch (Throwable refused) {
      return () -> fail(round, String.valueOf(refused.getMessage()));
    }
  }

  private void fail(LedRound round, String why) {
    numbers.failed(round.id(), why);
    if (!round.hasFrom(self().incarnation())) {
      numbers.missed(Series.of(round.id()), why);
    }
    close(round, Optional.of(why), receiver -> Shares.Share.NOTHING);
  }

  private void close(LedRound round, Optional<String> failure, IntFunction<Shares.Share> shares) {
    RoundId id = round.id();
    led.remove(id);
    round.cancelTimer();
    long next = nextAfter(id);
    numbers.atLeast(Series.of(id), next);
    RoundFrame.Outcome mine = outcome(id, failure, next, shares.apply(0));
    if (failure.isEmpty() && Shares.areAlike(round.operation()) && mine.forks().isEmpty()
        && Passing.isWorthIt(id, mine.bytes())) {
      passing.begin(mine, round.left(timers.clock().nanoTime()));
    } else {
      sendEach(round, failure, next, shares);
    }
    own.onOutcome(self(), mine);
  }

  private void sendEach(LedRound round, Optional<String> failure, long next, IntFunction<Shares.Share> shares) {
    RoundId id = round.id();
    for (int i = 1; i < id.participants().size(); i++) {
      long receiver = id.participants().get(i).incarnation();
      if (round.hasFrom(receiver)) {
        RoundFrame.Outcome outcome = outcome(id, failure, next, shares.apply(i));
        membership.worker(receiver).ifPresent(worker -> endpoint.send(worker, outcome));
      }
    }
  }

  private static RoundFrame.Outcome outcome(RoundId id, Optional<String> failure, long next, Shares.Share share) {
    return new RoundFrame.Outcome(id, failure, next, share.forks(), share.portions());
  }

  // Not the next that this worker comes to, which may be ahead of the others.
  private long nextAfter(RoundId id) {
    return Math.max(id.number() + 1, floor(Series.of(id)));
  }

  /**
   * The first number with which a round of {@code series} can still succeed. Contributions of one worker come in the
   * order of their numbers: it will not come to one before the first that it is in.
   */
  long floor(Series series) {
    List<LedRound> open = open(series).toList();
    if (open.size() < 2) {
      return open.isEmpty() ? 0 : open.get(0).id().number();
    }
    return series.participants().stream()
        .mapToLong(each -> open.stream().filter(round -> round.hasFrom(each.incarnation()))
            .mapToLong(round -> round.id().number()).min().orElse(0))
        .max().orElse(0);
  }

  void onGone(RoundId.Participant gone, String why) {
    List<LedRound> broken = led.values().stream().filter(round -> round.id().participants().contains(gone)).toList();
    broken.forEach(round -> fail(round, why));
  }

  /** Whether {@code peer} takes part in a round that is open. */
  boolean waitsFor(RoundId.Participant peer) {
    return led.keySet().stream().anyMatch(id -> id.participants().contains(peer));
  }

  boolean isUnderWay(Series series) {
    return open(series).findAny().isPresent();
  }

  int size() {
    return led.size();
  }

  void close() {
    led.values().forEach(LedRound::cancelTimer);
    led.clear();
  }
}
