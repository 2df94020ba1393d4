package dev.vertxrpc.wire;

import java.util.Objects;

/**
 * Which way large bulk goes to peers. Immutable.
 *
 * @param arenaBytes how large the memory may become that is shared with one peer, for what goes there
 */
public record LaneOptions(Kind kind, int arenaBytes) {
  /** The least that is of any use. */
  public static final int LEAST_ARENA_BYTES = 1024 * 1024;

  /** The ways there are. */
  public enum Kind {
    /** The best that the two processes have in common. */
    AUTO,
    /** Shared memory, and a warning where there is none. */
    SHM,
    /** The event bus, for everything. */
    BUS
  }

  /** Refuses an arena that nothing would fit into. */
  public LaneOptions {
    Objects.requireNonNull(kind, "kind");
    if (arenaBytes < LEAST_ARENA_BYTES) {
      throw new IllegalArgumentException("an arena of " + arenaBytes + " bytes, expected at least "
          + LEAST_ARENA_BYTES);
    }
  }

  /** What is taken where nothing is said. */
  public static LaneOptions standard() {
    return new LaneOptions(Kind.AUTO, 256 * LEAST_ARENA_BYTES);
  }
}
