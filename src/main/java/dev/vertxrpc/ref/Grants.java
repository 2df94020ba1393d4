package dev.vertxrpc.ref;

import dev.vertxrpc.wire.ForkId;
import dev.vertxrpc.wire.Tally;
import java.util.HashSet;
import java.util.Set;

/**
 * How many forks of this worker's values each holder has, or is to have. One that no link has been given yet is in no
 * tally: its holder cannot count it. Guarded by the lock of {@link Tables}, which its callers hold.
 */
final class Grants {
  /** Of the forks that their holders have, or will have before what is sent to them from now on. */
  private final Tallies counted = new Tallies();
  private final Set<ForkId> unsent = new HashSet<>();
  private final Counts unsentTo = new Counts();

  /** Counts {@code fork}, which {@code holder} has. */
  void add(long holder, ForkId fork) {
    counted.add(holder, fork);
  }

  /** Notes {@code fork}, which {@code holder} is to have as soon as it was {@link #sent}. */
  void addUnsent(long holder, ForkId fork) {
    if (unsent.add(fork)) {
      unsentTo.add(holder);
    }
  }

  boolean isUnsent(ForkId fork) {
    return unsent.contains(fork);
  }

  /** Counts {@code fork} from now on, if it was unsent. */
  void sent(long holder, ForkId fork) {
    if (unsent.remove(fork)) {
      unsentTo.remove(holder);
      counted.add(holder, fork);
    }
  }

  /** Counts {@code fork} no more, which {@code holder} had or was to have. */
  void remove(long holder, ForkId fork) {
    if (unsent.remove(fork)) {
      unsentTo.remove(holder);
    } else {
      counted.remove(holder, fork);
    }
  }

  /** Of the forks of {@code holder} that were sent: what it counts itself, but for what is on its way. */
  Tally tally(long holder) {
    return counted.of(holder);
  }

  /** Whether {@code holder} has one, or is to have one. */
  boolean has(long holder) {
    return counted.of(holder).count() > 0 || unsentTo.of(holder) > 0;
  }

  /** Of all holders, those that were not sent included. */
  int total() {
    return counted.total() + unsent.size();
  }

  void clear() {
    counted.clear();
    unsent.clear();
    unsentTo.clear();
  }
}
