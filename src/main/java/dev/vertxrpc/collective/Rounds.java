package dev.vertxrpc.collective;

import dev.vertxrpc.Collectives;
import dev.vertxrpc.RpcException;
import dev.vertxrpc.RpcFailure;
import dev.vertxrpc.RpcListener;
import dev.vertxrpc.WorkerInfo;
import dev.vertxrpc.call.ArgumentGate;
import dev.vertxrpc.call.BlockingExecutor;
import dev.vertxrpc.call.CallerContext;
import dev.vertxrpc.call.Decoder;
import dev.vertxrpc.codec.ValueCodec;
import dev.vertxrpc.membership.Membership;
import dev.vertxrpc.wire.Endpoint;
import dev.vertxrpc.wire.FrameType;
import dev.vertxrpc.wire.RoundId;
import dev.vertxrpc.wire.Timers;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;

/**
 * The rounds of one worker. The participant of the smallest name leads: {@link Leader} is its side, {@link
 * Participation} everybody's, the leader's included. The state of a round goes on every way out. The protocol is in
 * {@code docs/protocol.md}. State is confined to the worker's context; {@link #enter}, {@link #running()} and what
 * {@link #collectives} answers may be used by any thread.
 */
public final class Rounds {
  /** Some years are as good as for ever, and can be counted in nanoseconds. */
  static final Duration LONGEST = Duration.ofDays(3_650);

  private final Timers timers;
  private final Endpoint endpoint;
  private final Rosters rosters;
  private final ArgumentGate gate;
  private final Numbering numbers = new Numbering(this::isUnderWay);
  private final Participation participation;
  private final Leader leader;
  private final Passing passing;

  /**
   * Rounds whose values carry references through {@code gate}, become one on {@code executor}, and, where they are
   * large, are decoded by {@code decoder}.
   */
  public Rounds(Timers timers, Endpoint endpoint, Membership membership, ArgumentGate gate, BlockingExecutor executor,
                RpcListener listener, Decoder decoder) {
    this.timers = timers;
    this.endpoint = endpoint;
    this.rosters = new Rosters(membership, endpoint);
    this.gate = gate;
    this.passing = new Passing(timers, endpoint, membership);
    Combining combining = new Combining(timers, endpoint, executor);
    this.participation = new Participation(timers, endpoint, membership, numbers, gate, listener, combining, passing,
        decoder);
    this.leader = new Leader(timers, endpoint, membership, numbers, executor, participation, passing);
    participation.connect(leader);
    combining.connect(combined -> leader.onCombined(endpoint.self(), combined));
    endpoint.receive(FrameType.CONTRIBUTION, leader::onContribution);
    endpoint.receive(FrameType.OUTCOME, participation::onOutcome);
    endpoint.receive(FrameType.TAKEN, participation::onTaken);
    endpoint.receive(FrameType.RECALL, participation::onRecall);
    endpoint.receive(FrameType.COMBINE, participation::onCombine);
    endpoint.receive(FrameType.PARTIAL, combining::onPartial);
    endpoint.receive(FrameType.COMBINED, leader::onCombined);
    endpoint.onLoss((peer, reason, message) -> onGone(peer, message));
    endpoint.onBusiness(peer -> leader.waitsFor(participant(peer)) || participation.waitsFor(participant(peer))
        || passing.waitsFor(participant(peer)));
  }

  /** Rounds of the whole group, each with that limit unless it is given another. */
  public Collectives collectives(ValueCodec codec, Duration limit) {
    return new GroupCollectives(this, codec, Optional.empty(), "", limit);
  }

  Rosters rosters() {
    return rosters;
  }

  ArgumentGate gate() {
    return gate;
  }

  WorkerInfo self() {
    return endpoint.self();
  }

  <T> Promise<T> callerPromise() {
    return CallerContext.of(timers.context()).promise();
  }

  <R> Future<R> enter(Entry entry, Function<Received, R> use) {
    return participation.enter(entry, use);
  }

  private boolean isUnderWay(Series series) {
    return participation.isUnderWay(series) || leader.isUnderWay(series);
  }

  private void onGone(WorkerInfo peer, String message) {
    String why = peer.name() + " is gone: " + message;
    leader.onGone(participant(peer), why);
    participation.onGone(peer, why);
    passing.onGone(participant(peer));
    numbers.forget(participant(peer));
  }

  /** How many rounds are under way here, those included of which others have yet to say that they have their part. */
  public int running() {
    return leader.size() + participation.size() + passing.size();
  }

  /** Whether nobody depends on this worker for what has come of a round; on any thread. */
  public boolean isSettled() {
    return passing.isSettled();
  }

  /** Whether {@code peer} has yet to say that a result of a round has come; on any thread. */
  public boolean awaits(WorkerInfo peer) {
    return passing.waitsFor(participant(peer));
  }

  /** Fails whatever is under way, and what is asked from now on; the worker is gone. On the worker's context. */
  public void close() {
    leader.close();
    participation.close();
    passing.clear();
    numbers.clear();
  }

  static RpcException failure(String why) {
    return RpcException.of(RpcFailure.COLLECTIVE, "the round failed: " + why);
  }

  static RoundId.Participant participant(WorkerInfo worker) {
    return new RoundId.Participant(worker.name(), worker.incarnation());
  }

  static RoundId.Participant leader(RoundId id) {
    return id.participants().get(0);
  }
}
