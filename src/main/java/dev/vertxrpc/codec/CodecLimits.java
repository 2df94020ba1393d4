package dev.vertxrpc.codec;

/**
 * What a {@link ValueCodec} puts beside the body, and how much it takes before it refuses; the names are those
 * of the keys in the config. Immutable.
 *
 * @param bulkThresholdBytes arrays and buffers of at least so many bytes travel beside the body
 * @param maxPayloadBytes of body and bulk together, encoding and decoding
 * @param maxDepth how deep objects, arrays and maps may nest, encoding and decoding
 * @param maxElements how many names, values, beginnings and ends one decoded document may have
 */
public record CodecLimits(int bulkThresholdBytes, int maxPayloadBytes, int maxDepth, int maxElements) {
  // Some virtual machines refuse arrays a few elements short of Integer.MAX_VALUE.
  private static final int LONGEST_ARRAY = Integer.MAX_VALUE - 8;

  /** Nothing is longer than an array can be. */
  public CodecLimits {
    maxPayloadBytes = Math.min(maxPayloadBytes, LONGEST_ARRAY);
  }

  /** What to say of a payload of {@code found} bytes. */
  String tooLarge(long found) {
    return "too large: found at least " + found + " bytes, the limit is " + maxPayloadBytes
        + " (limits.maxPayloadBytes); pass it in parts";
  }
}
