package dev.vertxrpc.collective;

import dev.vertxrpc.RpcException;
import dev.vertxrpc.RpcFailure;
import dev.vertxrpc.RpcListener;
import dev.vertxrpc.WorkerInfo;
import dev.vertxrpc.call.ArgumentGate;
import dev.vertxrpc.call.Decoder;
import dev.vertxrpc.membership.Membership;
import dev.vertxrpc.wire.Endpoint;
import dev.vertxrpc.wire.Fork;
import dev.vertxrpc.wire.RoundFrame;
import dev.vertxrpc.wire.RoundId;
import dev.vertxrpc.wire.Timers;
import io.netty.util.Timeout;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * The rounds that one worker has entered, whoever leads them, and what it gets of them. The leader's word decides; a
 * leader that says nothing is waited for a little longer than the limit. Confined to its worker's context; {@link
 * #enter}, {@link #size()} and {@link #waitsFor} may be called by any thread.
 */
final class Participation implements Leader.Own {
  /** How much longer than the deadline a participant waits for the leader's word. */
  private static final Duration GRACE = Duration.ofSeconds(2);

  private record Entered<R>(Promise<R> outcome, Function<Received, R> use, Timeout guard, long startedNanos) {
    /** At once, if it is not large: what came may be there no longer than it takes to deliver it. */
    void complete(Received received, Decoder decoder) {
      if (received.isLarge()) {
        decoder.beside(received.hold(), () -> use.apply(received), this::complete);
        return;
      }
      R result;
      try {
        result = use.apply(received);
      } catch (Throwable refused) {
        complete(null, refused);
        return;
      }
      complete(result, null);
    }

    private void complete(R result, Throwable refused) {
      if (refused == null) {
        outcome.complete(result);
      } else {
        outcome.fail(refused);
      }
    }
  }

  private final Timers timers;
  private final Endpoint endpoint;
  private final Membership membership;
  private final Numbering numbers;
  private final ArgumentGate gate;
  private final RpcListener listener;
  private final Offers offers;
  private final Combining combining;
  private final Passing passing;
  private final Decoder decoder;
  private final Map<RoundId, Entered<?>> entered = new ConcurrentHashMap<>();
  private Leader leader;
  private boolean closed;

  Participation(Timers timers, Endpoint endpoint, Membership membership, Numbering numbers, ArgumentGate gate,
                RpcListener listener, Combining combining, Passing passing, Decoder decoder) {
    this.timers = timers;
    this.endpoint = endpoint;
    this.membership = membership;
    this.numbers = numbers;
    this.gate = gate;
    this.listener = listener;
    this.combining = combining;
    this.passing = passing;
    this.decoder = decoder;
    this.offers = new Offers(endpoint, membership, gate);
  }

  void connect(Leader ownLeader) {
    leader = ownLeader;
  }

  private WorkerInfo self() {
    return endpoint.self();
  }

  /** Takes part in the next round of that roster and tag; completes with what {@code use} makes of what it gets. */
  <R> Future<R> enter(Entry entry, Function<Received, R> use) {
    Promise<R> outcome = Promise.promise();
    timers.context().runOnContext(now -> refusal(entry).ifPresentOrElse(why -> {
      entry.offering().forks().values().forEach(gate::takeBack);
      outcome.fail(why);
    }, () -> enter(entry, outcome, use)));
    return outcome.future();
  }

  private Optional<RpcException> refusal(Entry entry) {
    if (closed) {
      return Optional.of(left());
    }
    Roster roster = entry.roster();
    if (!roster.participants().contains(Rounds.participant(self()))) {
      // It has found out that the others took it for lost, and is about to end.
      return Optional.of(RpcException.of(RpcFailure.NOT_JOINED, self().name() + " is no member of its group any more"));
    }
    // As long as the group is the one that the roster was made of, all of it are there.
    Optional<WorkerInfo> lost = roster.group() == membership.group() ? Optional.empty() : roster.byName().stream()
        .filter(each -> membership.worker(each.incarnation()).isEmpty()).findFirst();
    return lost.map(worker -> Rounds.failure(worker.name() + " is gone"))
        .or(() -> numbers.takeMissed(entry.series()).map(why -> Rounds.failure("it was over when " + self().name()
            + ", its leader, came: " + why)));
  }

  private <R> void enter(Entry entry, Promise<R> outcome, Function<Received, R> use) {
    Series series = entry.series();
    numbers.atLeast(series, leader.floor(series));
    RoundId id = series.round(numbers.take(series));
    Timeout guard = timers.after(entry.limit().plus(GRACE), () -> fail(id, "its leader " + Rounds.leader(id).name()
        + " said nothing within " + entry.limit().toMillis() + " ms"));
    entered.put(id, new Entered<>(outcome, use, guard, timers.clock().nanoTime()));
    offers.add(id, entry.offering());
    combining.enter(id, entry);
    WorkerInfo first = entry.roster().byName().get(0);
    RoundFrame.Contribution contribution = entry.contribution(id);
    if (first.equals(self())) {
      leader.enter(contribution, entry);
    } else if (!endpoint.send(first, contribution)) {
      offers.takeBack(id);
      fail(id, "its leader is gone: " + endpoint.whyGone(first).getMessage());
    }
  }

  @Override
  public void onOutcome(WorkerInfo from, RoundFrame.Outcome outcome) {
    RoundId id = outcome.round();
    if (!mayTell(from, outcome)) {
      tellContributors(outcome, false);
    } else if (outcome.way().map(way -> way.onwards().isEmpty()).orElse(true)) {
      take(from, outcome);
    } else {
      RoundFrame.Outcome kept = outcome.kept();
      passing.passOn(kept);
      take(from, kept);
    }
  }

  /** The leader may, and others what is the same for all, in which nobody can have references. */
  private static boolean mayTell(WorkerInfo from, RoundFrame.Outcome outcome) {
    RoundId id = outcome.round();
    return Rounds.leader(id).equals(Rounds.participant(from)) || outcome.way().isPresent()
        && outcome.forks().isEmpty() && id.participants().contains(Rounds.participant(from));
  }

  private void take(WorkerInfo from, RoundFrame.Outcome outcome) {
    RoundId id = outcome.round();
    numbers.atLeast(Series.of(id), outcome.nextNumber());
    if (outcome.failure().isPresent()) {
      offers.takeBack(id);
      fail(id, outcome.failure().get());
    } else if (!Received.isWhole(outcome)) {
      tellContributors(outcome, false);
      fail(id, "its outcome has " + outcome.forks().size() + " references, which is not what its values have");
    } else {
      Entered<?> mine = leave(id, Optional.empty());
      tellContributors(outcome, mine != null);
      if (mine != null) {
        mine.complete(Received.admit(gate, from, outcome), decoder);
      }
      if (outcome.way().isPresent()) {
        tell(Rounds.leader(id).incarnation(), new RoundFrame.Taken(id, mine != null));
      }
    }
  }

  private void tellContributors(RoundFrame.Outcome outcome, boolean taken) {
    outcome.forks().stream().mapToLong(Fork::parent).distinct()
        .forEach(contributor -> tell(contributor, new RoundFrame.Taken(outcome.round(), taken)));
  }

  private void tell(long participant, RoundFrame.Taken taken) {
    membership.worker(participant).ifPresent(worker -> endpoint.send(worker, taken));
  }

  void onTaken(WorkerInfo from, RoundFrame.Taken taken) {
    offers.onTaken(from, taken);
    passing.onTaken(from, taken.round());
  }

  @Override
  public void onCombine(WorkerInfo from, RoundFrame.Combine combine) {
    combining.onCombine(from, combine);
  }

  // What it says of this round from now on counts for nothing: an outcome that comes all the same is not taken.
  void onRecall(WorkerInfo from, RoundFrame.Recall recall) {
    RoundId id = recall.round();
    if (id.participants().containsAll(List.of(Rounds.participant(from), Rounds.participant(self())))) {
      numbers.atLeast(Series.of(id), id.number() + 1);
      fail(id, "its leader " + Rounds.leader(id).name() + " is gone, says " + from.name());
      endpoint.send(from, new RoundFrame.Taken(id, false));
    }
  }

  void onGone(WorkerInfo peer, String why) {
    RoundId.Participant gone = Rounds.participant(peer);
    List.copyOf(entered.keySet()).stream().filter(id -> Rounds.leader(id).equals(gone)).forEach(id -> fail(id, why));
    offers.onGone(peer);
  }

  private void fail(RoundId id, String why) {
    fail(id, Rounds.failure((id.tag().isEmpty() ? "" : "tag " + id.tag() + ": ") + why));
  }

  private void fail(RoundId id, RpcException failure) {
    Entered<?> mine = leave(id, Optional.of(failure.failure()));
    if (mine != null) {
      mine.outcome().fail(failure);
    }
  }

  private Entered<?> leave(RoundId id, Optional<RpcFailure> failure) {
    Entered<?> mine = entered.remove(id);
    combining.leave(id);
    if (mine != null) {
      mine.guard().cancel();
      listener.roundEnded(id.participants().size(), failure,
          Duration.ofNanos(timers.clock().nanoTime() - mine.startedNanos()));
    }
    return mine;
  }

  /** Whether {@code peer} leads a round that this worker has entered. */
  boolean waitsFor(RoundId.Participant peer) {
    return entered.keySet().stream().anyMatch(id -> Rounds.leader(id).equals(peer));
  }

  boolean isUnderWay(Series series) {
    return entered.keySet().stream().anyMatch(id -> Series.of(id).equals(series));
  }

  int size() {
    return entered.size() + combining.size() + offers.size();
  }

  void close() {
    closed = true;
    List.copyOf(entered.keySet()).forEach(id -> fail(id, left()));
    offers.clear();
    combining.clear();
  }

  private RpcException left() {
    return RpcException.of(RpcFailure.NOT_JOINED, self().name() + " left its group");
  }
}
