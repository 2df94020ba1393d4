package dev.vertxrpc.collective;

import dev.vertxrpc.Collectives;
import dev.vertxrpc.RpcException;
import dev.vertxrpc.RpcFailure;
import dev.vertxrpc.RpcListener;
import dev.vertxrpc.WorkerInfo;
import dev.vertxrpc.call.CallerContext;
import dev.vertxrpc.codec.ValueCodec;
import dev.vertxrpc.membership.Membership;
import dev.vertxrpc.wire.Endpoint;
import dev.vertxrpc.wire.Frame;
import dev.vertxrpc.wire.FrameType;
import dev.vertxrpc.wire.Node;
import dev.vertxrpc.wire.Payload;
import dev.vertxrpc.wire.RoundId;
import io.netty.util.Timeout;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.internal.ContextInternal;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The rounds of one worker. The participant of the smallest name leads: it gathers the contributions and
 * sends everybody the outcome, and it alone decides whether a round succeeds, so that all agree. It owns
 * the deadline too; the others wait a little longer, in case it is silent. The state of a round goes on
 * every way out. The protocol is in {@code docs/protocol.md}. State is confined to the worker's context;
 * {@link #enter} may be called on any thread.
 */
public final class Rounds {
  /** How much longer than the deadline a participant waits for the leader's word. */
  private static final Duration GRACE = Duration.ofSeconds(2);
  /** Some years are as good as for ever, and can be counted in nanoseconds. */
  static final Duration LONGEST = Duration.ofDays(3_650);

  private record Key(List<RoundId.Participant> participants, String tag) {
    static Key of(RoundId id) {
      return new Key(id.participants(), id.tag());
    }
  }

  private record Entered(Promise<List<Payload>> outcome, Timeout guard, long startedNanos) {}

  private final ContextInternal context;
  private final Node node;
  private final Endpoint endpoint;
  private final Membership membership;
  private final RpcListener listener;
  private final Map<Key, Long> nextNumbers = new HashMap<>();
  private final Map<RoundId, LedRound> led = new HashMap<>();
  private final Map<RoundId, Entered> entered = new HashMap<>();
  /** Where a round that this worker leads failed before it had come itself. */
  private final Set<Key> missed = new HashSet<>();
  private boolean closed;

  public Rounds(ContextInternal context, Node node, Endpoint endpoint, Membership membership,
                RpcListener listener) {
    this.context = context;
    this.node = node;
    this.endpoint = endpoint;
    this.membership = membership;
    this.listener = listener;
    endpoint.receive(FrameType.CONTRIBUTION, this::onContribution);
    endpoint.receive(FrameType.OUTCOME, this::onOutcome);
    endpoint.onLoss((peer, reason, message) -> onGone(peer, message));
  }

  /** Rounds of the whole group, each with that limit unless it is given another. */
  public Collectives collectives(ValueCodec codec, Duration limit) {
    return new GroupCollectives(this, codec, Optional.empty(), "", limit);
  }

  Membership membership() {
    return membership;
  }

  WorkerInfo self() {
    return endpoint.self();
  }

  <T> Promise<T> callerPromise() {
    return CallerContext.of(context).promise();
  }

  /** Takes part in the next round of those participants, sorted by name, and that tag. */
  Future<List<Payload>> enter(List<RoundId.Participant> participants, String tag, Duration limit, Payload value) {
    Promise<List<Payload>> outcome = Promise.promise();
    context.runOnContext(now -> {
      Key key = new Key(participants, tag);
      if (closed) {
        outcome.fail(left());
        return;
      }
      if (missed.remove(key)) {
        outcome.fail(failure("it was over when " + self().name() + ", its leader, came"));
        return;
      }
      long number = nextNumbers.merge(key, 1L, Long::sum) - 1;
      RoundId id = new RoundId(participants, tag, number);
      Timeout guard = node.clock().schedule(limit.plus(GRACE), () -> context.runOnContext(late -> fail(id,
          "its leader " + leader(id).name() + " said nothing within " + limit.toMillis() + " ms")));
      entered.put(id, new Entered(outcome, guard, System.nanoTime()));
      contribute(id, limit, value);
    });
    return outcome.future();
  }

  private void contribute(RoundId id, Duration limit, Payload value) {
    Frame.Contribution contribution = new Frame.Contribution(id, limit.toMillis(), List.of(), value);
    Optional<RoundId.Participant> lost = id.participants().stream()
        .filter(each -> membership.worker(each.incarnation()).isEmpty()).findFirst();
    if (lost.isPresent()) {
      fail(id, lost.get().name() + " is gone");
      return;
    }
    WorkerInfo leader = membership.worker(leader(id).incarnation()).orElseThrow();
    if (leader.equals(self())) {
      gather(self(), contribution);
    } else if (!endpoint.send(leader, contribution)) {
      fail(id, "its leader is gone: " + endpoint.whyGone(leader).getMessage());
    }
  }

  // ---- the leader

  private void onContribution(WorkerInfo from, Frame.Contribution contribution) {
    RoundId id = contribution.round();
    if (!leader(id).equals(participant(self())) || !id.participants().contains(participant(from))) {
      refuse(from, id, self().name() + " does not lead it, or " + from.name() + " does not take part");
    } else if (goneFrom(id).isPresent()) {
      refuse(from, id, goneFrom(id).get() + " is gone");
    } else if (isOver(id)) {
      refuse(from, id, "it was over when " + from.name() + " came");
    } else {
      gather(from, contribution);
    }
  }

  // Who sent it may not know yet, and nobody will tell it again: the round must not wait for its limit.
  private Optional<String> goneFrom(RoundId id) {
    return id.participants().stream().filter(each -> membership.isGone(each.incarnation()))
        .map(RoundId.Participant::name).findFirst();
  }

  private boolean isOver(RoundId id) {
    return !led.containsKey(id) && !entered.containsKey(id)
        && id.number() < nextNumbers.getOrDefault(Key.of(id), 0L);
  }

  private void gather(WorkerInfo from, Frame.Contribution contribution) {
    LedRound round = led.computeIfAbsent(contribution.round(), LedRound::new);
    limit(round, Duration.ofMillis(Math.max(1, Math.min(contribution.limitMillis(), LONGEST.toMillis()))));
    round.contribute(from.incarnation(), contribution.value());
    if (round.isComplete()) {
      close(round, Optional.empty(), round.values());
    }
  }

  // The most impatient participant sets the limit for all: who gave up alone would disagree with the rest.
  private void limit(LedRound round, Duration limit) {
    long deadline = System.nanoTime() + limit.toNanos();
    if (round.endsAfter(deadline)) {
      round.endAt(deadline, node.clock().schedule(limit, () -> context.runOnContext(late -> {
        if (led.get(round.id()) == round) {
          close(round, Optional.of("no contribution from " + round.missing() + " within " + limit.toMillis()
              + " ms"), List.of());
        }
      })));
    }
  }

  private void close(LedRound round, Optional<String> failure, List<Payload> values) {
    RoundId id = round.id();
    led.remove(id);
    round.cancelTimer();
    if (failure.isPresent() && !entered.containsKey(id)) {
      missed.add(Key.of(id));
    }
    long next = nextNumbers.merge(Key.of(id), id.number() + 1, Math::max);
    Frame.Outcome outcome = new Frame.Outcome(id, failure, next, List.of(), values);
    id.participants().stream().map(RoundId.Participant::incarnation)
        .filter(each -> each != self().incarnation() && round.hasFrom(each))
        .flatMap(each -> membership.worker(each).stream())
        .forEach(each -> endpoint.send(each, outcome));
    onOutcome(self(), outcome);
  }

  private void refuse(WorkerInfo from, RoundId id, String why) {
    long next = nextNumbers.getOrDefault(Key.of(id), 0L);
    endpoint.send(from, new Frame.Outcome(id, Optional.of(why), next, List.of(), List.of()));
  }

  // ---- every participant

  private void onOutcome(WorkerInfo from, Frame.Outcome outcome) {
    RoundId id = outcome.round();
    if (!leader(id).equals(participant(from))) {
      return;
    }
    nextNumbers.merge(Key.of(id), outcome.nextNumber(), Math::max);
    if (outcome.failure().isPresent()) {
      fail(id, outcome.failure().get());
    } else if (outcome.values().size() != id.participants().size()) {
      fail(id, "its outcome has " + outcome.values().size() + " values, not " + id.participants().size());
    } else {
      Entered mine = leave(id, Optional.empty());
      if (mine != null) {
        mine.outcome().complete(outcome.values());
      }
    }
  }

  private void onGone(WorkerInfo peer, String message) {
    RoundId.Participant gone = participant(peer);
    String why = peer.name() + " is gone: " + message;
    List.copyOf(led.values()).stream().filter(round -> round.id().participants().contains(gone))
        .forEach(round -> close(round, Optional.of(why), List.of()));
    List.copyOf(entered.keySet()).stream().filter(id -> leader(id).equals(gone)).forEach(id -> fail(id, why));
    nextNumbers.keySet().removeIf(key -> key.participants().contains(gone));
    missed.removeIf(key -> key.participants().contains(gone));
  }

  private void fail(RoundId id, String why) {
    fail(id, failure((id.tag().isEmpty() ? "" : "tag " + id.tag() + ": ") + why));
  }

  private void fail(RoundId id, RpcException failure) {
    Entered mine = leave(id, Optional.of(failure.failure()));
    if (mine != null) {
      mine.outcome().fail(failure);
    }
  }

  private Entered leave(RoundId id, Optional<RpcFailure> failure) {
    Entered mine = entered.remove(id);
    if (mine != null) {
      mine.guard().cancel();
      listener.roundEnded(id.participants().size(), failure,
          Duration.ofNanos(System.nanoTime() - mine.startedNanos()));
    }
    return mine;
  }

  /** How many rounds are under way here. On the worker's context. */
  public int running() {
    return led.size() + entered.size();
  }

  /** Fails whatever is under way, and what is asked from now on; the worker is gone. On the worker's context. */
  public void close() {
    closed = true;
    led.values().forEach(LedRound::cancelTimer);
    led.clear();
    List.copyOf(entered.keySet()).forEach(id -> fail(id, left()));
    nextNumbers.clear();
    missed.clear();
  }

  private RpcException left() {
    return RpcException.of(RpcFailure.NOT_JOINED, self().name() + " left its group");
  }

  static RpcException failure(String why) {
    return RpcException.of(RpcFailure.COLLECTIVE, "the round failed: " + why);
  }

  static RoundId.Participant participant(WorkerInfo worker) {
    return new RoundId.Participant(worker.name(), worker.incarnation());
  }

  private static RoundId.Participant leader(RoundId id) {
    return id.participants().get(0);
  }
}
