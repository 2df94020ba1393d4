package dev.vertxrpc.wire;

/**
 * Names one round of a collective: who takes part, sorted by name, the tag, and the number of the
 * round among those of the same participants and tag. Separate fields, so that no two sets of names
 * can be taken for each other. Immutable.
 */
public record RoundId(Participants participants, String tag, long number) {
  /** One participant: a name, and the one run of that worker that is meant. */
  public record Participant(String name, long incarnation) {}
}
