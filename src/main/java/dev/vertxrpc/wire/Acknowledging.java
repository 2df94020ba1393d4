package dev.vertxrpc.wire;

import io.netty.util.Timeout;
import java.time.Duration;

/**
 * Sees to it that a peer is told what has come from it: with what is written to it next, or alone when a moment has
 * passed. Guarded by the lock of its {@link Outflow}.
 */
final class Acknowledging {
  /** What was received is acknowledged with the next batch, or alone when this has passed. */
  private static final Duration WITHIN = Duration.ofMillis(10);
  /** Or when so much has come: the peer may wait for it to go on. */
  private static final long MOST_BYTES = 4L * Goings.CHUNK_BYTES;

  /** What an {@link Outflow} does for it. */
  interface Voice {
    /** Does {@code task} later, on the node's context. */
    Timeout after(Duration delay, Runnable task);

    /** Does {@code task} where the stream is written, if there is one, else now. */
    void inStream(Runnable task);

    /** Tells the peer what was received. */
    void tell();
  }

  private final ReceiveWindow received;
  private final Voice voice;
  private Timeout due;
  /** What came last came in the stream. */
  private boolean cameInStream;
  /** How much has come since the peer was told. */
  private long untold;
  private boolean unheard;
  private long told;

  Acknowledging(ReceiveWindow received, Voice voice) {
    this.received = received;
    this.voice = voice;
  }

  /** Something is written that says that so much was received. */
  void tells(long number) {
    if (number >= received.received()) {
      untold = 0;
    }
    if (number >= told) {
      told = number;
      unheard = false;
    }
  }

  /**
   * So many bytes have come; {@code repeat}, if the peer seems not to have heard what it was told. It is told the way
   * that they came.
   */
  void came(boolean repeat, int bytes, boolean inStream) {
    cameInStream = inStream;
    unheard |= repeat;
    untold += bytes;
    if (untold >= MOST_BYTES) {
      voice.tell();
    }
    if (due == null) {
      due = voice.after(WITHIN, () -> {
        due = null;
        if (cameInStream) {
          voice.inStream(this::tellUnlessTold);
        } else {
          tellUnlessTold();
        }
      });
    }
  }

  private void tellUnlessTold() {
    if (unheard || told < received.received()) {
      voice.tell();
    }
  }

  /** The peer waits to hear it. */
  void now() {
    stop();
    voice.tell();
  }

  void stop() {
    if (due != null) {
      due.cancel();
      due = null;
    }
  }
}
