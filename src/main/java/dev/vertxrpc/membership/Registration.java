package dev.vertxrpc.membership;

import io.vertx.core.Future;
import io.vertx.core.internal.ContextInternal;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How a newcomer's record gets into its group's entry: beside the living members, where the claim fits, and
 * in place of the records of the dead. Dead are those whose node is no more, and, where they are in the newcomer's
 * way, those that do not answer. Confined to its worker's context.
 */
record Registration(ContextInternal context, GroupRegistry registry, ClusterView cluster, Ping ping) {
  private static final Logger LOG = LoggerFactory.getLogger(Registration.class);
  private static volatile String hostName;

  /** Completes with the entry that has the record; fails as {@link Claim#settle} refuses. */
  Future<GroupEntry> write(Claim claim) {
    return hostName()
        .compose(host -> registry.read().compose(before -> {
          List<Member> inTheWay = before.map(entry -> claim.inTheWay(withoutDead(entry, Set.of())))
              .orElse(List.of());
          return ping.silent(inTheWay, claim.incarnation());
        }).compose(silent -> write(claim, host, silent)));
  }

  private Future<GroupEntry> write(Claim claim, String host, Set<Long> silent) {
    String node = cluster.nodeId();
    long pid = ProcessHandle.current().pid();
    Instant since = Instant.now();
    if (!silent.isEmpty()) {
      LOG.warn("event=silent-members-dropped worker={} group={} count={}", claim.name(), claim.group(), silent.size());
    }
    return registry.update(before -> {
      GroupEntry living = before.map(entry -> withoutDead(entry, silent))
          .orElseGet(() -> GroupEntry.empty(claim.worldSize()));
      GroupEntry base = living.members().isEmpty() ? living.as(claim.worldSize()) : living;
      return Optional.of(base.with(claim.settle(base, node, host, pid, since)));
    }).map(Optional::orElseThrow);
  }

  private GroupEntry withoutDead(GroupEntry before, Set<Long> silent) {
    List<String> alive = cluster.nodes();
    Set<Long> dead = new HashSet<>(silent);
    before.members().stream().filter(member -> !alive.contains(member.node()))
        .forEach(member -> dead.add(member.worker().incarnation()));
    return before.withoutLost(dead);
  }

  // It may have to be asked for in the network, once.
  private Future<String> hostName() {
    String known = hostName;
    return known != null ? context.succeededFuture(known)
        : context.executeBlocking(Registration::askHostName).onSuccess(name -> hostName = name);
  }

  private static String askHostName() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException nameless) {
      return "an unnamed host";
    }
  }
}
