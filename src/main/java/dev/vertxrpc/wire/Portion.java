package dev.vertxrpc.wire;

/**
 * One value in a round: its bytes, and how many references are in it. Their forks stand in the fork section of the
 * frame, because they differ from receiver to receiver, and the bytes do not. Immutable.
 */
public record Portion(int refs, Payload value) {
  /** The same, to be had for longer than it takes to deliver the frame that brought it. */
  Portion kept() {
    return new Portion(refs, value.kept());
  }

  /** How many bytes the smallest one takes in a frame. */
  static final int LEAST_BYTES = 2 * Integer.BYTES + 1;
}
