package dev.vertxrpc.wire;

import java.util.Optional;

/**
 * What the participants of a round do together, which all of them must say alike. Immutable.
 *
 * @param kind what they do
 * @param root the name of the participant that it goes to or comes from; empty for a kind that has none
 */
public record Operation(Kind kind, String root) {
  /** Who has a part of its own. */
  private enum Root { NONE, TO, FROM }

  /** What can be done. The codes are on the wire: never renumber, never reuse. */
  public enum Kind {
    BARRIER(1, "barrier", Root.NONE),
    ALL_GATHER(2, "allGather", Root.NONE),
    GATHER(3, "gather", Root.TO),
    BROADCAST(4, "broadcast", Root.FROM),
    SCATTER(5, "scatter", Root.FROM),
    ALL_REDUCE(6, "allReduce", Root.NONE),
    REDUCE(7, "reduce", Root.TO);

    private final byte code;
    private final String method;
    private final Root root;

    Kind(int code, String method, Root root) {
      this.code = (byte) code;
      this.method = method;
      this.root = root;
    }

    byte code() {
      return code;
    }

    static Optional<Kind> ofCode(byte code) {
      for (Kind kind : values()) {
        if (kind.code == code) {
          return Optional.of(kind);
        }
      }
      return Optional.empty();
    }
  }

  /** One without a root. */
  public static Operation of(Kind kind) {
    return new Operation(kind, "");
  }

  public boolean hasRoot() {
    return kind.root != Root.NONE;
  }

  /** Whether the values become one, at the leader. */
  public boolean reduces() {
    return kind == Kind.ALL_REDUCE || kind == Kind.REDUCE;
  }

  /** As the application asked for it. */
  @Override
  public String toString() {
    return switch (kind.root) {
      case NONE -> kind.method;
      case TO -> kind.method + " to " + root;
      case FROM -> kind.method + " from " + root;
    };
  }
}
