package dev.vertxrpc.ref;

import dev.vertxrpc.WorkerInfo;
import dev.vertxrpc.wire.Endpoint;
import dev.vertxrpc.wire.Fork;
import dev.vertxrpc.wire.ForkId;
import dev.vertxrpc.wire.FrameType;
import dev.vertxrpc.wire.RefFrame;
import dev.vertxrpc.wire.Tally;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Has owners and holders agree on who holds what, as a net below the protocol: heartbeats carry tallies, and an owner
 * that twice in a row counts otherwise than a holder, in the same way, names what it knows. The holder releases what it
 * does not have, and registers again what was not named. Frames are taken on the worker's context; heartbeats are made
 * on the node's.
 */
final class Recounting {
  private record Disagreement(Tally granted, Tally held) {}

  private final Endpoint endpoint;
  private final Tables tables;
  /** By holder, on what both did not agree when it was last heard of: what is on its way explains what changes. */
  private final Map<Long, Disagreement> suspects = new HashMap<>();
  /** By owner, what the frames of a recount have named whose last has not come yet. */
  private final Map<Long, List<Fork>> named = new HashMap<>();

  Recounting(Endpoint endpoint, Tables tables) {
    this.endpoint = endpoint;
    this.tables = tables;
  }

  void connect() {
    endpoint.onBusiness(peer -> tables.read(() -> hasBusiness(peer)));
    endpoint.heartbeat(peer -> tables.read(() -> new RefFrame.Heartbeat(held(peer), granted(peer))));
    endpoint.receive(FrameType.HEARTBEAT, this::onHeartbeat);
    endpoint.receive(FrameType.RECOUNT, this::onRecount);
    endpoint.onLoss((peer, reason, message) -> {
      suspects.remove(peer.incarnation());
      named.remove(peer.incarnation());
    });
  }

  private boolean hasBusiness(WorkerInfo peer) {
    return held(peer).count() > 0 || tables.owned().isHolder(peer.incarnation())
        || tables.owned().waitsFor(peer.incarnation()) || tables.held().waitsFor(peer.incarnation());
  }

  private Tally held(WorkerInfo owner) {
    return tables.held().tally(owner.incarnation());
  }

  private Tally granted(WorkerInfo holder) {
    return tables.owned().tally(holder.incarnation());
  }

  private void onHeartbeat(WorkerInfo from, RefFrame.Heartbeat heartbeat) {
    Disagreement seen = new Disagreement(tables.read(() -> granted(from)), heartbeat.held());
    if (seen.granted().equals(seen.held())) {
      suspects.remove(from.incarnation());
    } else if (seen.equals(suspects.put(from.incarnation(), seen))) {
      suspects.remove(from.incarnation());
      recount(from);
    }
    if (!tables.read(() -> held(from)).equals(heartbeat.granted())) {
      // It may have no other reason to say what it holds.
      endpoint.ask(from);
    }
  }

  private void recount(WorkerInfo holder) {
    List<List<Fork>> granted = Portions.of(tables.read(() -> tables.owned().grantedTo(holder.incarnation())));
    for (int at = 0; at < granted.size(); at++) {
      endpoint.send(holder, new RefFrame.Recount(granted.get(at), at == granted.size() - 1));
    }
  }

  private void onRecount(WorkerInfo from, RefFrame.Recount recount) {
    named.computeIfAbsent(from.incarnation(), first -> new ArrayList<>()).addAll(recount.granted());
    if (recount.isLast()) {
      correct(from, named.remove(from.incarnation()));
    }
  }

  // Frames come in order: what the owner sent before is here, or was released, and what is confirmed it knew.
  private void correct(WorkerInfo owner, List<Fork> granted) {
    Set<ForkId> known = granted.stream().map(Fork::id).collect(Collectors.toSet());
    List<Fork> unheld = tables.read(() -> granted.stream()
        .filter(fork -> tables.held().find(fork.id()) == null).toList());
    List<Fork> unknown = tables.read(() -> tables.held().of(owner).stream().filter(HeldFork::isConfirmed)
        .map(HeldFork::fork).filter(fork -> !known.contains(fork.id())).toList());
    // First, so that a value which somebody holds is not freed between the two.
    unknown.forEach(fork -> endpoint.send(owner, new RefFrame.Register(fork)));
    tables.disown(owner, unheld);
  }
}
