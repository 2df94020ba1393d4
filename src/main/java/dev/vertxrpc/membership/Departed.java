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
  /** Those of them who left, and who have a while to take their records away themselves. */
  private final Set<Long> leaving = new HashSet<>();
  private final Set<Long> overdue = new HashSet<>();
  /** Those who have not, and those who were lost, whose records are to go. */
  private final Set<Long> parted = new HashSet<>();
  private final Set<Long> dropped = new HashSet<>();

  /** Whether that is news. */
  boolean add(long incarnation) {
    return gone.add(incarnation);
  }

  /**
   * Its record is to go: at once, if it was lost. Whoever left takes it away when all others have what was said to
   * them, of which one that has heard its GOODBYE knows nothing; so that is left to it for a while.
   */
  void strike(long incarnation, RpcFailure reason) {
    (reason == RpcFailure.WORKER_LEFT ? leaving : dropped).add(incarnation);
  }

  /** A while has passed, and between two of them a whole one: whoever has not taken its record away by now is dead. */
  void whilePassed() {
    parted.addAll(overdue);
    overdue.clear();
    overdue.addAll(leaving);
    leaving.clear();
  }

  /** Forgets those that {@code entry} does not have. */
  void keepOnly(Set<Long> incarnations) {
    gone.retainAll(incarnations);
    leaving.retainAll(incarnations);
    overdue.retainAll(incarnations);
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
