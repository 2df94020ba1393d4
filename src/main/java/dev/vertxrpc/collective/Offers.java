package dev.vertxrpc.collective;

import dev.vertxrpc.WorkerInfo;
import dev.vertxrpc.call.ArgumentGate;
import dev.vertxrpc.membership.Membership;
import dev.vertxrpc.wire.Endpoint;
import dev.vertxrpc.wire.Fork;
import dev.vertxrpc.wire.RoundFrame;
import dev.vertxrpc.wire.RoundId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The references that this worker has contributed and of which it does not know yet whether they have arrived. A
 * receiver says so, or is gone; a leader that fails the round has passed on none; and when the leader is gone the
 * receivers are asked, who give the round up with that. Confined to its worker's context; {@link #size()} may be
 * asked by any thread.
 */
final class Offers {
  private final Map<RoundId, Map<Long, List<Fork>>> offers = new ConcurrentHashMap<>();
  private final Endpoint endpoint;
  private final Membership membership;
  private final ArgumentGate gate;

  Offers(Endpoint endpoint, Membership membership, ArgumentGate gate) {
    this.endpoint = endpoint;
    this.membership = membership;
    this.gate = gate;
  }

  void add(RoundId id, Offering offering) {
    if (!offering.forks().isEmpty()) {
      offers.put(id, new HashMap<>(offering.forks()));
    }
  }

  /** The round has failed for everybody. */
  void takeBack(RoundId id) {
    Map<Long, List<Fork>> offered = offers.remove(id);
    if (offered != null) {
      offered.values().forEach(gate::takeBack);
    }
  }

  void onTaken(WorkerInfo from, RoundFrame.Taken taken) {
    Map<Long, List<Fork>> offered = offers.getOrDefault(taken.round(), Map.of());
    List<Fork> forks = offered.containsKey(from.incarnation()) ? offered.remove(from.incarnation()) : List.of();
    if (taken.taken()) {
      gate.arrived(forks);
    } else {
      gate.takeBack(forks);
    }
    forgetSettled();
  }

  /** What {@code peer} held the reference protocol takes back itself. */
  void onGone(WorkerInfo peer) {
    offers.values().forEach(offered -> offered.remove(peer.incarnation()));
    forgetSettled();
    offers.forEach((id, offered) -> {
      if (Rounds.leader(id).incarnation() == peer.incarnation()) {
        offered.keySet().forEach(receiver -> membership.worker(receiver)
            .ifPresent(worker -> endpoint.send(worker, new RoundFrame.Recall(id))));
      }
    });
  }

  private void forgetSettled() {
    offers.values().removeIf(Map::isEmpty);
  }

  int size() {
    return offers.size();
  }

  void clear() {
    offers.clear();
  }
}
