package dev.vertxrpc.wire;

/** Names one kept value: the incarnation that asked for it, and that worker's count. Immutable. */
public record RefId(long creator, long number) implements ObjectId {
  @Override
  public String toString() {
    return Long.toHexString(creator) + "." + number;
  }
}
