package dev.vertxrpc.wire;

/** Names one outstanding handle: the incarnation that minted it, and that worker's count. Immutable. */
public record ForkId(long creator, long number) {
  @Override
  public String toString() {
    return Long.toHexString(creator) + "." + number;
  }
}
