package dev.vertxrpc.wire;

/**
 * What the reader of a frame knows of those before it. Confined to one worker's context, where it knows anything.
 *
 * @param functions that the peer has named on this link
 * @param participants of rounds, whoever has said so
 */
record Heard(FunctionNames functions, KnownParticipants participants) {
  /** For frames that are read by themselves. */
  static final Heard NOTHING = new Heard(FunctionNames.NONE);

  /** Where no rounds are heard of. */
  Heard(FunctionNames functions) {
    this(functions, KnownParticipants.NONE);
  }
}
