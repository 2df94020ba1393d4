package dev.vertxrpc.membership;

import io.vertx.core.Future;
import io.vertx.core.internal.ContextInternal;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * How a newcomer's record gets into its group's entry: beside the living members, where the claim fits, and
 * in place of the records of nodes that are no more. Confined to its worker's context.
 */
record Registration(ContextInternal context, GroupRegistry registry, ClusterView cluster) {
  /** Completes with the entry that has the record; fails as {@link Claim#settle} refuses. */
  Future<GroupEntry> write(Claim claim) {
    String node = cluster.nodeId();
    long pid = ProcessHandle.current().pid();
    Instant since = Instant.ofEpochMilli(ManagementFactory.getRuntimeMXBean().getStartTime());
    // A host's name may have to be asked for in the network.
    return context.executeBlocking(Registration::hostName).compose(host -> registry.update(before -> {
      GroupEntry living = before.map(this::withoutDeadNodes).orElse(GroupEntry.empty(claim.worldSize()));
      GroupEntry base = living.members().isEmpty() ? GroupEntry.empty(claim.worldSize()) : living;
      return Optional.of(base.with(claim.settle(base, node, host, pid, since)));
    })).map(Optional::orElseThrow);
  }

  private GroupEntry withoutDeadNodes(GroupEntry before) {
    List<String> alive = cluster.nodes();
    return before.withoutLost(before.members().stream().filter(member -> !alive.contains(member.node()))
        .map(member -> member.worker().incarnation()).toList());
  }

  private static String hostName() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException nameless) {
      return "an unnamed host";
    }
  }
}
