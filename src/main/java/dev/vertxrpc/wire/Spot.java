package dev.vertxrpc.wire;

/** Where bulk is that is not in its batch, as its frame says. Immutable. */
sealed interface Spot permits Arena.Place, Spot.Numbered {
  /** It comes by itself, before its frame or after it. */
  record Numbered(long number, int bytes) implements Spot {}
}
