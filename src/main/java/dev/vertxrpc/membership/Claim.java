package dev.vertxrpc.membership;

import dev.vertxrpc.RpcException;
import dev.vertxrpc.RpcFailure;
import dev.vertxrpc.WorkerInfo;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What a newcomer asks of its group: a name, or the beginning of one, and maybe a rank. Answers the
 * member that it becomes in a given entry, or refuses, which is the newcomer's failure alone. Immutable.
 */
record Claim(String group, OptionalInt worldSize, String name, OptionalInt rank, Set<String> roles,
             long incarnation) {
  private static final String FREE = "*";

  /** The newcomer as a member beside those of {@code entry}. */
  Member settle(GroupEntry entry, String node, String host, long pid, Instant since) {
    refuseOtherKind(entry);
    if (entry.isClosing()) {
      throw refused(entry.whyClosed());
    }
    nameHolder(entry).ifPresent(holder -> {
      throw refused("the name is taken by " + holder);
    });
    rankHolder(entry).ifPresent(holder -> {
      throw refused("rank " + rank.getAsInt() + " is taken by " + holder);
    });
    if (worldSize.isPresent() && entry.members().size() >= worldSize.getAsInt()) {
      throw refused("all of its " + worldSize.getAsInt() + " workers are there: "
          + entry.toGroup(group).workers());
    }
    WorkerInfo worker =
        new WorkerInfo(freeName(entry), rank.orElseGet(entry::freeRank), incarnation, roles);
    return new Member(worker, node, host, pid, since);
  }

  /** The members because of which it would be refused. */
  List<Member> inTheWay(GroupEntry entry) {
    boolean isFull = worldSize.isPresent() && entry.members().size() >= worldSize.getAsInt();
    return isFull || entry.isClosing() || !entry.worldSize().equals(worldSize) ? entry.members()
        : Stream.concat(nameHolder(entry).stream(), rankHolder(entry).stream()).distinct().toList();
  }

  private void refuseOtherKind(GroupEntry entry) {
    if (!entry.members().isEmpty() && !entry.worldSize().equals(worldSize)) {
      throw refused("its members say " + kind(entry.worldSize()) + ", this worker says " + kind(worldSize)
          + "; one of them is " + entry.members().get(0));
    }
  }

  private static String kind(OptionalInt worldSize) {
    return worldSize.isPresent() ? "worldSize " + worldSize.getAsInt() : "no worldSize (a dynamic group)";
  }

  private Optional<Member> nameHolder(GroupEntry entry) {
    return entry.find(worker -> worker.name().equals(name));
  }

  private Optional<Member> rankHolder(GroupEntry entry) {
    return rank.isEmpty() ? Optional.empty() : entry.find(worker -> worker.rank() == rank.getAsInt());
  }

  private String freeName(GroupEntry entry) {
    if (!name.endsWith(FREE)) {
      return name;
    }
    String prefix = name.substring(0, name.length() - FREE.length());
    List<String> taken = entry.members().stream().map(member -> member.worker().name()).toList();
    int number = 0;
    while (taken.contains(prefix + number)) {
      number++;
    }
    return prefix + number;
  }

  private RpcException refused(String why) {
    return RpcException.of(RpcFailure.NOT_JOINED, name + " cannot join group " + group + ": " + why);
  }
}
