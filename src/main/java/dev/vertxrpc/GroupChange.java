package dev.vertxrpc;

/**
 * A change of a group, as one member came to know it. Immutable.
 *
 * @param kind what happened
 * @param worker to whom
 * @param group the group with this change, and perhaps with later ones
 */
public record GroupChange(Kind kind, WorkerInfo worker, Group group) {
  /** What happened to a worker. */
  public enum Kind {
    /** It has become a member. */
    JOINED,
    /** It left in good order, or closed. */
    LEFT,
    /** It crashed, or was declared lost. */
    LOST
  }
}
