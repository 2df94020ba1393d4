package dev.vertxrpc.collective;

import dev.vertxrpc.WorkerInfo;
import dev.vertxrpc.membership.Membership;
import dev.vertxrpc.wire.Endpoint;
import dev.vertxrpc.wire.Fork;
import dev.vertxrpc.wire.Participants;
import dev.vertxrpc.wire.RoundFrame;
import dev.vertxrpc.wire.RoundId;
import dev.vertxrpc.wire.Timers;
import io.netty.util.Timeout;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;

/**
 * Large outcomes that are the same for all, on their way from participant to participant, so that they do not pass
 * their leader once for each. The leader keeps one until everybody has said that it has come. When somebody is lost
 * meanwhile, who may have been passing it on, or the time of the round is over, those who have not said so get it from
 * the leader itself. Confined to its worker's context; {@link #size()}, {@link #isSettled()} and {@link #waitsFor} may
 * be asked by any thread.
 */
final class Passing {
  /** With fewer participants nobody would have anybody to pass anything on to. */
  static final int LEAST_PARTICIPANTS = 4;
  /** What is smaller costs no more than what is said about it. */
  static final int LEAST_BYTES = 64 * 1024;

  /** An outcome, and the incarnations that have not said that it has come. */
  private record Kept(RoundFrame.Outcome outcome, Set<Long> missing, Timeout timeout) {}

  private final Timers timers;
  private final Endpoint endpoint;
  private final Membership membership;
  private final Map<RoundId, Kept> kept = new ConcurrentHashMap<>();

  Passing(Timers timers, Endpoint endpoint, Membership membership) {
    this.timers = timers;
    this.endpoint = endpoint;
    this.membership = membership;
  }

  static boolean isWorthIt(RoundId id, long bytes) {
    return id.participants().size() >= LEAST_PARTICIPANTS && bytes >= LEAST_BYTES;
  }

  /** Sends all but this worker, which leads, what is the same for all; the round's time is over after {@code left}. */
  void begin(RoundFrame.Outcome outcome, Duration left) {
    RoundId id = outcome.round();
    Set<Long> others = ConcurrentHashMap.newKeySet();
    id.participants().stream().skip(1).forEach(each -> others.add(each.incarnation()));
    kept.put(id, new Kept(outcome, others, timers.after(left, () -> onDeadline(id))));
    send(outcome, IntStream.range(1, id.participants().size()).boxed().toList());
  }

  /** Sends what has come to those whom this worker is to pass it on to. */
  void passOn(RoundFrame.Outcome outcome) {
    List<Integer> onwards = outcome.way().orElseThrow().onwards().stream()
        .filter(each -> each >= 0 && each < outcome.round().participants().size()).toList();
    send(outcome, onwards);
  }

  private void send(RoundFrame.Outcome outcome, List<Integer> receivers) {
    Participants participants = outcome.round().participants();
    for (Branches.Branch branch : Branches.of(receivers, each -> instance(participants.get(each).incarnation()),
        instance(endpoint.self().incarnation()))) {
      boolean isSent = send(outcome, participants.get(branch.child()), branch.onwards());
      if (!isSent) {
        send(outcome, branch.onwards());
      }
    }
  }

  private boolean send(RoundFrame.Outcome outcome, RoundId.Participant to, List<Integer> onwards) {
    return membership.worker(to.incarnation())
        .map(worker -> endpoint.send(worker, outcome.by(onwards))).orElse(false);
  }

  // Of whom that is not known, is alone as far as it is of interest here.
  private String instance(long incarnation) {
    return membership.node(incarnation).orElseGet(() -> Long.toHexString(incarnation));
  }

  void onTaken(WorkerInfo from, RoundId id) {
    Kept mine = kept.get(id);
    if (mine != null) {
      mine.missing().remove(from.incarnation());
      forgetIfAllHaveIt(id, mine);
    }
  }

  private void forgetIfAllHaveIt(RoundId id, Kept mine) {
    if (mine.missing().isEmpty()) {
      mine.timeout().cancel();
      kept.remove(id);
    }
  }

  // Whoever still has not got it by way of others is about to give up.
  private void onDeadline(RoundId id) {
    Kept late = kept.remove(id);
    if (late != null) {
      sendMissing(late);
    }
  }

  private void sendMissing(Kept mine) {
    mine.outcome().round().participants().stream().filter(each -> mine.missing().contains(each.incarnation()))
        .forEach(each -> send(mine.outcome(), each, List.of()));
  }

  /** Has those get it from here who may have waited for {@code peer} to pass it on. */
  void onGone(RoundId.Participant peer) {
    kept.forEach((id, mine) -> {
      if (id.participants().contains(peer)) {
        mine.missing().remove(peer.incarnation());
        sendMissing(mine);
        forgetIfAllHaveIt(id, mine);
      }
    });
  }

  /** Whether {@code peer} has yet to say that an outcome has come. */
  boolean waitsFor(RoundId.Participant peer) {
    return kept.values().stream().anyMatch(each -> each.missing().contains(peer.incarnation()));
  }

  /** Whether nobody depends on this worker for an outcome. */
  boolean isSettled() {
    return kept.isEmpty();
  }

  int size() {
    return kept.size();
  }

  void clear() {
    kept.values().forEach(each -> each.timeout().cancel());
    kept.clear();
  }
}
