package dev.vertxrpc.wire;

import io.netty.buffer.Unpooled;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.buffer.BufferInternal;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/**
 * The arena of a peer, as this process reads it. What is read may be overwritten from the moment that it is given
 * back. Confined to the worker's context, once it is open.
 */
final class LentArena {
  private final ArenaLayout layout;
  private final ByteBuffer memory;
  /** What the frame brings that is being read; null: nothing. */
  private Loan loan;

  private LentArena(ArenaLayout layout, ByteBuffer memory) {
    this.layout = layout;
    this.memory = memory;
  }

  /** Opens what was offered, and refuses what is not the very file that its creator speaks of. */
  static LentArena open(ArenaFiles files, Frame.Offer offer) throws IOException {
    try (FileChannel file = files.open(offer.name())) {
      ByteBuffer head = ByteBuffer.allocate(ArenaLayout.HEAD_BYTES);
      file.read(head, 0);
      ArenaLayout found = head.position() < head.capacity() ? null : ArenaLayout.of(head.flip());
      ArenaLayout offered = new ArenaLayout(offer.secretHigh(), offer.secretLow(), offer.size());
      if (!offered.equals(found) || file.size() != offer.size()) {
        // Not even how it differs: whoever guesses learns nothing.
        throw new IOException("the file " + offer.name() + " is not the one that was offered");
      }
      return new LentArena(found, file.map(FileChannel.MapMode.READ_WRITE, 0, found.bytes()));
    }
  }

  /** A view of what lies there, which belongs to the {@link #loan}. */
  Buffer read(int at, int length) {
    if (!layout.holds(at, length)) {
      throw new MalformedFrameException(length + " bytes at " + at + " of a lane of " + layout.bytes());
    }
    if (loan == null) {
      loan = new Loan(memory);
    }
    loan.add(at);
    return BufferInternal.buffer(Unpooled.wrappedBuffer(memory.slice(at, length)));
  }

  /** What the frame brings that is being read; null where that is nothing. */
  Loan loan() {
    return loan;
  }

  /** The frame that was read has been delivered. */
  void giveBack() {
    if (loan != null && !loan.isHeld()) {
      loan.giveBack();
    }
    loan = null;
  }
}
