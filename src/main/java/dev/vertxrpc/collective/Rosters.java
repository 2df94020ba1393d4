package dev.vertxrpc.collective;

import dev.vertxrpc.Group;
import dev.vertxrpc.WorkerInfo;
import dev.vertxrpc.membership.Membership;
import dev.vertxrpc.wire.Endpoint;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Who takes part in the rounds of one worker. As long as the group is the same, so are they: they are looked up and
 * sorted once. Thread-safe.
 */
final class Rosters {
  private static final int MOST = 64;

  private final Membership membership;
  private final Endpoint endpoint;
  private final Map<Optional<Set<String>>, Roster> rosters = new HashMap<>();
  /** Whose they are. */
  private Group group;

  Rosters(Membership membership, Endpoint endpoint) {
    this.membership = membership;
    this.endpoint = endpoint;
  }

  /** Those with {@code names}, else all; fails with COLLECTIVE where one of them is not there. */
  Roster of(Optional<Set<String>> names) {
    return names.isPresent() ? of(names, membership.group()) : ofAll();
  }

  private Roster ofAll() {
    Group now = membership.group();
    List<WorkerInfo> lost = membership.lost();
    if (!lost.isEmpty()) {
      throw Rounds.failure("the group has lost " + lost);
    }
    // Else the two may be of different moments, and the group one of which somebody was lost.
    return now == membership.group() ? of(Optional.empty(), now) : ofAll();
  }

  private synchronized Roster of(Optional<Set<String>> names, Group now) {
    if (group != now || rosters.size() == MOST && !rosters.containsKey(names)) {
      rosters.clear();
      group = now;
    }
    return rosters.computeIfAbsent(names, absent -> Roster.of(now, names.map(each -> members(each, now))
        .orElse(now.workers()), endpoint::known));
  }

  private static List<WorkerInfo> members(Set<String> names, Group group) {
    List<WorkerInfo> members = group.workers().stream().filter(worker -> names.contains(worker.name())).toList();
    if (members.size() < names.size()) {
      Set<String> missing = new TreeSet<>(names);
      members.forEach(member -> missing.remove(member.name()));
      throw Rounds.failure(missing.iterator().next() + " is not in the group, which is " + group.workers());
    }
    return members;
  }
}
