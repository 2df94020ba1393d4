package dev.vertxrpc.wire;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * What an arena looks like: a head that says whose it is, and then for each place a word, of a cache line of its own,
 * and the bulk. The word is 1 while the place is taken, and is set to 0 by the peer. Immutable.
 *
 * @param bytes of the whole arena
 */
record ArenaLayout(long secretHigh, long secretLow, int bytes) {
  static final int HEAD_BYTES = 4096;
  static final int WORD_BYTES = 64;
  /** "vrpclane". */
  private static final long MAGIC = 0x767270636c616e65L;
  private static final int TAKEN = 1;
  private static final int FREE = 0;
  private static final VarHandle WORD =
      MethodHandles.byteBufferViewVarHandle(int[].class, ByteOrder.nativeOrder());

  byte[] head() {
    byte[] head = new byte[HEAD_BYTES];
    ByteBuffer.wrap(head).putLong(MAGIC).putLong(secretHigh).putLong(secretLow).putInt(bytes);
    return head;
  }

  /** The layout that an arena says it has; null where it is none. */
  static ArenaLayout of(ByteBuffer head) {
    return head.getLong() == MAGIC ? new ArenaLayout(head.getLong(), head.getLong(), head.getInt()) : null;
  }

  /** The room that so many bytes of bulk take. */
  static long sizeOf(int bytes) {
    return WORD_BYTES + ((long) bytes + WORD_BYTES - 1) / WORD_BYTES * WORD_BYTES;
  }

  /** Whether bulk of that length can lie there. */
  boolean holds(int at, int length) {
    return at >= HEAD_BYTES + WORD_BYTES && at % WORD_BYTES == 0 && length >= 0 && length <= bytes - at;
  }

  static void markTaken(ByteBuffer memory, int at) {
    WORD.setRelease(memory, at - WORD_BYTES, TAKEN);
  }

  static void markFree(ByteBuffer memory, int at) {
    WORD.setRelease(memory, at - WORD_BYTES, FREE);
  }

  static boolean isFree(ByteBuffer memory, int at) {
    return (int) WORD.getAcquire(memory, at - WORD_BYTES) == FREE;
  }
}
