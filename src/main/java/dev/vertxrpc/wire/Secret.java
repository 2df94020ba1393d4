package dev.vertxrpc.wire;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.SecureRandom;

/** What only those know who were told over the bus. Immutable. */
record Secret(long high, long low) {
  static final int BYTES = 2 * Long.BYTES;
  private static final SecureRandom RANDOM = new SecureRandom();

  /** One that nobody knows yet. */
  static Secret fresh() {
    return new Secret(RANDOM.nextLong(), RANDOM.nextLong());
  }

  byte[] bytes() {
    return ByteBuffer.allocate(BYTES).putLong(high).putLong(low).array();
  }

  /** Whether {@code shown} is it; that takes as long where it is nearly as where it is not at all. */
  boolean matches(byte[] shown) {
    return MessageDigest.isEqual(bytes(), shown);
  }

  /** Nothing that could get into a log. */
  @Override
  public String toString() {
    return "a secret";
  }
}
