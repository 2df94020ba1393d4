package dev.vertxrpc.codec;

import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamWriteConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;

/** Jackson's limits, in the words of our config. Immutable. */
final class DocumentLimits {
  /** Digits of a number. Beyond it conversions that take quadratic time begin to hurt. */
  static final int MAX_NUMBER_DIGITS = 100_000;
  private static final long NONE = -1;

  private DocumentLimits() {
  }

  static StreamReadConstraints reading(CodecLimits limits) {
    return new Reading(limits);
  }

  static StreamWriteConstraints writing(CodecLimits limits) {
    return new Writing(limits);
  }

  private static final class Reading extends StreamReadConstraints {
    private static final long serialVersionUID = 1L;

    Reading(CodecLimits limits) {
      // Strings and names are bounded by the body.
      super(limits.maxDepth(), NONE, MAX_NUMBER_DIGITS, Integer.MAX_VALUE, Integer.MAX_VALUE, limits.maxElements());
    }

    @Override
    public void validateNestingDepth(int depth) throws StreamConstraintsException {
      requireDepth(depth, getMaxNestingDepth());
    }

    @Override
    public void validateTokenCount(long count) throws StreamConstraintsException {
      if (count > getMaxTokenCount()) {
        throw new StreamConstraintsException("too many elements: found at least " + count + ", the limit is "
            + getMaxTokenCount() + " (limits.maxElements); pass it in parts");
      }
    }
  }

  private static final class Writing extends StreamWriteConstraints {
    private static final long serialVersionUID = 1L;

    Writing(CodecLimits limits) {
      super(limits.maxDepth());
    }

    @Override
    public void validateNestingDepth(int depth) throws StreamConstraintsException {
      requireDepth(depth, getMaxNestingDepth());
    }
  }

  private static void requireDepth(int depth, int limit) throws StreamConstraintsException {
    if (depth > limit) {
      throw new StreamConstraintsException("nested too deeply, or it contains itself: found depth " + depth
          + ", the limit is " + limit + " (limits.maxDepth)");
    }
  }
}
