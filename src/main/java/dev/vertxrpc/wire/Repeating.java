package dev.vertxrpc.wire;

import io.netty.util.Timeout;
import java.time.Duration;

/**
 * Sees to it that what a peer has not acknowledged is written again, and that a peer is lost which acknowledges nothing
 * for too long, or cannot be written to. Guarded by the lock of its {@link Outflow}.
 */
final class Repeating {
  /** A write that failed is tried again so soon, and then after twice as long each time. */
  private static final Duration FIRST_RETRY = Duration.ofMillis(50);
  private static final int MOST_FAILURES = 4;

  /** What an {@link Outflow} does for it. */
  interface Voice {
    /** Does {@code task} later, on the node's context; null where it is over, and does not. */
    Timeout after(Duration delay, Runnable task);

    /** Whether nothing is written any more. */
    boolean isOver();

    /** How much is being written that a batch may have to wait for. */
    long beingWritten();

    /** Something was not acknowledged in time. */
    void late();

    /** Writes it once more. */
    void again(SendWindow.Sent batch);

    /** The peer counts as lost. */
    void lose(String why);
  }

  private final SendWindow sent;
  private final Duration silenceLimit;
  private final Voice voice;
  private int failures;
  /** A retry is due: what fails until then has failed with what made it due. */
  private boolean retrying;
  private Timeout due;

  Repeating(SendWindow sent, Duration silenceLimit, Voice voice) {
    this.sent = sent;
    this.silenceLimit = silenceLimit;
    this.voice = voice;
  }

  /** Something waits to be acknowledged. */
  void waits() {
    if (due == null) {
      lookAgain(sent.nextWait(limit()));
    }
  }

  /** A write has gone well. */
  void succeeded() {
    failures = 0;
  }

  /**
   * A write has failed. Whoever has gone without a word refuses connections; whoever is only slow does not for long.
   * All that was under way when a connection broke has failed once, not many times.
   */
  void failed(Throwable cause) {
    if (voice.isOver() || retrying) {
      return;
    }
    failures++;
    if (failures > MOST_FAILURES) {
      voice.lose("a message to it could not be written: " + cause.getMessage());
    } else {
      retrying = true;
      stop();
      lookAgain(FIRST_RETRY.multipliedBy(1L << (failures - 1)));
    }
  }

  private void lookAgain(Duration wait) {
    if (due == null) {
      due = voice.after(wait, this::look);
    }
  }

  private void look() {
    due = null;
    retrying = false;
    if (voice.isOver() || sent.isEmpty()) {
      return;
    }
    Duration silence = sent.look();
    Duration limit = limit();
    if (silence.compareTo(limit) >= 0) {
      voice.lose("it has acknowledged nothing for " + silence.toMillis() + " ms");
      return;
    }
    voice.late();
    sent.oldest().forEach(voice::again);
    lookAgain(sent.nextWait(limit.minus(silence)));
  }

  /** What has brought some of it is gone. */
  void now() {
    if (!voice.isOver() && !retrying && !sent.isEmpty()) {
      stop();
      sent.oldest().forEach(voice::again);
      lookAgain(sent.nextWait(limit()));
    }
  }

  private Duration limit() {
    return silenceLimit.plus(sent.forItsSize(voice.beingWritten()));
  }

  /** Nothing is written again, until something waits to be acknowledged. */
  void stop() {
    if (due != null) {
      due.cancel();
      due = null;
    }
  }
}
