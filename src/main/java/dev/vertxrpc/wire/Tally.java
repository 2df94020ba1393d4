package dev.vertxrpc.wire;

/**
 * How many forks there are, and a hash of which: two that are equal are taken to count the same forks. The hash is
 * the exclusive or of one for each fork, so that forks can come and go in any order. Immutable.
 */
public record Tally(long count, long hash) {
  /** Of no forks. */
  public static final Tally NONE = new Tally(0, 0);

  /** This and {@code fork}, which it does not count yet. */
  public Tally with(ForkId fork) {
    return new Tally(count + 1, hash ^ hash(fork));
  }

  /** This without {@code fork}, which it counts. */
  public Tally without(ForkId fork) {
    return new Tally(count - 1, hash ^ hash(fork));
  }

  private static long hash(ForkId fork) {
    return mix(fork.creator() + mix(fork.number()));
  }

  // The finalizer of MurmurHash3 (A. Appleby): every bit of the input changes half of the output's.
  private static long mix(long bits) {
    long mixed = (bits ^ bits >>> 33) * 0xff51afd7ed558ccdL;
    mixed = (mixed ^ mixed >>> 33) * 0xc4ceb9fe1a85ec53L;
    return mixed ^ mixed >>> 33;
  }
}
