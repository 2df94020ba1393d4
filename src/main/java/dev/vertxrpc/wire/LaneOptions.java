package dev.vertxrpc.wire;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Which way large bulk goes to peers. Immutable.
 *
 * @param arenaBytes how large the memory may become that is shared with one peer, for what goes there
 * @param nodeBytes how large all such memory of a node may become; and how much may have come in sockets and chunks
 *     that is not whole, or that no frame has spoken of
 * @param mostBytes larger bulk is refused
 * @param host where peers connect to; empty: where they connect to the bus
 * @param port there; 0: any that is free
 */
public record LaneOptions(Kind kind, int arenaBytes, int nodeBytes, int mostBytes, Optional<String> host, int port) {
  /** The least that is of any use. */
  public static final int LEAST_ARENA_BYTES = 1024 * 1024;
  static final String LOOPBACK = "127.0.0.1";

  /** The ways there are. */
  public enum Kind {
    /** Shared memory, else the event bus. */
    AUTO,
    /** Shared memory, else a socket, else the event bus. */
    AUTO_WITH_TCP,
    /** Shared memory, and a warning where there is none. */
    SHM,
    /** A socket, and a warning where none can be had. */
    TCP,
    /** The event bus, for everything. */
    BUS
  }

  /** What is beside the batches of a link. */
  enum Way { ARENA, SOCKET }

  /** Refuses an arena that nothing would fit into. */
  public LaneOptions {
    Objects.requireNonNull(kind, "kind");
    if (arenaBytes < LEAST_ARENA_BYTES || nodeBytes < LEAST_ARENA_BYTES) {
      throw new IllegalArgumentException("an arena of " + arenaBytes + " bytes and " + nodeBytes
          + " bytes for all, expected at least " + LEAST_ARENA_BYTES);
    }
  }

  /** What is taken where nothing is said. */
  public static LaneOptions standard() {
    return of(Kind.AUTO, 256 * LEAST_ARENA_BYTES);
  }

  static LaneOptions of(Kind kind, int arenaBytes) {
    return new LaneOptions(kind, arenaBytes, 1024 * LEAST_ARENA_BYTES, Integer.MAX_VALUE, Optional.empty(), 0);
  }

  /** The ways to try, the best first. */
  List<Way> ways() {
    return switch (kind) {
      case AUTO, SHM -> List.of(Way.ARENA);
      case AUTO_WITH_TCP -> List.of(Way.ARENA, Way.SOCKET);
      case TCP -> List.of(Way.SOCKET);
      case BUS -> List.of();
    };
  }

  /**
   * Whether batches may go in sockets. Each worker listens for itself, so not where the port is given: one worker would
   * have it, and the others none.
   */
  boolean hasStreams() {
    return ways().contains(Way.SOCKET) && port == 0;
  }

  /** Whether somebody has asked for just that. */
  boolean isForced() {
    return kind == Kind.SHM || kind == Kind.TCP;
  }
}
