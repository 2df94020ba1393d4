package dev.vertxrpc.membership;

import dev.vertxrpc.RpcFailure;
import java.util.HashSet;
import java.util.Set;

/**
 * Who of those that the group's entry still has is gone, as one member knows: they are no part of its view, and the
 * records of those who left or were lost are to go. Whoever is not in the entry is forgotten here, so it has no more
 * than the entry; the links remember everybody, and a record that comes back, when halves of a cluster meet, is marked
 * again. Confined to the worker's context.
 */
final class Departed {
  private final Set<Long> gone = new HashSet<>();
  /** Those of them who left, and those who were lost, whose records are to go. */
  private final Set<Long> parted = new HashSet<>();
  private final Set<Long> dropped = new HashSet<>();

  /** Whether that is news. */
  boolean add(long incarnation) {
    return gone.add(incarnation);
  }

  /** Its record is to go, as one that left or one that was lost. */
  void strike(long incarnation, RpcFailure reason) {
    (reason == RpcFailure.WORKER_LEFT ? parted : dropped).add(incarnation);
  }

  /** Forgets those that {@code entry} does not have. */
  void keepOnly(Set<Long> incarnations) {
    gone.retainAll(incarnations);
    parted.retainAll(incarnations);
    dropped.retainAll(incarnations);
  }

  /** What is left of {@code entry}, as this member sees it. */
  GroupEntry seen(GroupEntry entry) {
    return entry.without(gone);
  }

  /** {@code entry} without the records that are to go; the same object where it has none of them. */
  GroupEntry struck(GroupEntry entry) {
    return entry.without(parted).withoutLost(dropped);
  }
}
