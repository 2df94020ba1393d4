package dev.vertxrpc.ref;

import dev.vertxrpc.wire.Fork;
import java.util.List;
import java.util.stream.IntStream;

/** Many forks as one frame after the other brings them. Pure functions. */
final class Portions {
  /** What one frame names, which takes about 50 kB: a frame is not split, and there may be millions. */
  static final int MOST = 1_000;

  private Portions() {}

  /** All of them, in their order; one portion at least, which may be empty. */
  static List<List<Fork>> of(List<Fork> forks) {
    return IntStream.rangeClosed(0, Math.max(0, forks.size() - 1) / MOST)
        .mapToObj(at -> List.copyOf(forks.subList(at * MOST, Math.min((at + 1) * MOST, forks.size())))).toList();
  }
}
