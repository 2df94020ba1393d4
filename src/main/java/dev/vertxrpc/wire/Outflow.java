package dev.vertxrpc.wire;

import io.netty.util.Timeout;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * Writes batches to one peer until it has acknowledged them, and tells it what it has sent here. A bus may lose a
 * message and say nothing, so nothing counts as delivered that the peer has not confirmed. Confined to the node's
 * context, except where a method says otherwise.
 */
final class Outflow {
  /** What was received is acknowledged with the next batch, or alone when this has passed. */
  private static final Duration ACKNOWLEDGE_WITHIN = Duration.ofMillis(10);
  /** Or when so much has come: the peer may wait for it to go on. */
  private static final long ACKNOWLEDGE_BYTES = 4L * Goings.CHUNK_BYTES;
  /** A write that failed is tried again so soon, and then after twice as long each time. */
  private static final Duration FIRST_RETRY = Duration.ofMillis(50);
  private static final int MOST_FAILURES = 4;

  private final Node node;
  private final Bus.Outlet outlet;
  private final long self;
  private final Duration silenceLimit;
  private final Consumer<String> lost;
  private final ReceiveWindow received = new ReceiveWindow();
  private final SendWindow sent;
  private final FunctionNames names = new FunctionNames();
  private Timeout acknowledgement;
  /** How much has come since the last acknowledgement. */
  private long unacknowledged;
  private boolean unheard;
  private long acknowledged;
  /** What the next batch is to overtake. */
  private SendWindow.Sent held;
  private int failures;
  /** A retry is due: what fails until then has failed with what made it due. */
  private boolean retrying;
  private Timeout again;
  private Promise<Void> drained;
  private volatile boolean closed;

  /** {@code lost} is told why the peer counts as lost: silence for {@code silenceLimit}, or writes that fail. */
  Outflow(Node node, Bus.Outlet outlet, long self, Duration silenceLimit, Consumer<String> lost) {
    this.node = node;
    this.outlet = outlet;
    this.self = self;
    this.silenceLimit = silenceLimit;
    this.lost = lost;
    this.sent = new SendWindow(node.clock());
  }

  /** What has come from the peer. */
  ReceiveWindow received() {
    return received;
  }

  /** The next batch, which takes frames until it is written, before another is begun. */
  Batch begin() {
    return Batch.from(self, sent.next(), received.received(), names, node.room());
  }

  /** The next batch for a single frame, which may not be written after all. */
  Batch beginAlone() {
    return Batch.from(self, sent.next(), received.received());
  }

  void write(Batch batch) {
    node.room(batch.settle());
    writeAlone(batch);
  }

  /** The same for a batch that was begun alone. */
  void writeAlone(Batch batch) {
    put(sent.add(batch, 0));
    SendWindow.Sent overtaken = held;
    held = null;
    if (overtaken != null) {
      put(overtaken);
    }
    lookSoon();
  }

  /** The same, but {@code fault} happens to it. */
  void write(Batch batch, Faults.Rule fault) {
    SendWindow.Sent written = sent.add(batch, fault.action() == Faults.Action.DROP ? fault.times() : 0);
    switch (fault.action()) {
      case DROP -> putUnlessLost(written);
      case DELAY -> {
        // As if it took so long to be written: it is not written again meanwhile.
        written.underWay(true);
        node.clock().schedule(fault.delay(), () -> node.context().runOnContext(now -> putUnlessLost(written)));
      }
      case DUPLICATE -> {
        put(written);
        put(written);
      }
      case REORDER -> held = written;
    }
    lookSoon();
  }

  private void putUnlessLost(SendWindow.Sent batch) {
    if (!closed && !batch.isLost()) {
      put(batch);
    }
  }

  private void lookSoon() {
    if (again == null) {
      lookAgain(sent.nextWait(limit()));
    }
  }

  /** How many bytes wait to be acknowledged. */
  long unacknowledgedBytes() {
    return sent.bytes();
  }

  /** Whether nothing waits to be acknowledged. */
  boolean isIdle() {
    return sent.isEmpty();
  }

  private void put(SendWindow.Sent batch) {
    batch.underWay(true);
    put(batch.batch()).onComplete(written -> node.context().execute(() -> {
      batch.underWay(false);
      if (written.succeeded()) {
        failures = 0;
        sent.written(batch);
      } else {
        failed(written.cause());
      }
    }));
  }

  private Future<Void> put(Batch batch) {
    if (batch.received() >= received.received()) {
      unacknowledged = 0;
    }
    if (batch.received() >= acknowledged) {
      acknowledged = batch.received();
      unheard = false;
    }
    return outlet.write(batch);
  }

  // Whoever has gone without a word refuses connections; whoever is only slow does not for long. All that was under
  // way when a connection broke has failed once, not many times.
  private void failed(Throwable cause) {
    if (closed || retrying) {
      return;
    }
    failures++;
    if (failures > MOST_FAILURES) {
      lose("a message to it could not be written: " + cause.getMessage());
    } else {
      retrying = true;
      stopLooking();
      lookAgain(FIRST_RETRY.multipliedBy(1L << (failures - 1)));
    }
  }

  private void lookAgain(Duration wait) {
    if (again == null && !closed) {
      again = node.clock().schedule(wait, () -> node.context().runOnContext(now -> look()));
    }
  }

  private void stopLooking() {
    if (again != null) {
      again.cancel();
      again = null;
    }
  }

  private void look() {
    again = null;
    retrying = false;
    if (closed || sent.isEmpty()) {
      return;
    }
    Duration silence = sent.look();
    Duration limit = limit();
    if (silence.compareTo(limit) >= 0) {
      lose("it has acknowledged nothing for " + silence.toMillis() + " ms");
      return;
    }
    sent.oldest().forEach(this::putUnlessLost);
    lookAgain(sent.nextWait(limit.minus(silence)));
  }

  private Duration limit() {
    return silenceLimit.plus(sent.forItsSize(node.bus().beingWritten()));
  }

  private void lose(String why) {
    if (!closed) {
      lost.accept(why);
    }
  }

  /** The peer says up to which number it has received. */
  void acknowledged(long number) {
    sent.acknowledge(number);
    settleDrain();
  }

  /**
   * Acknowledges so many bytes that were received, with the next batch or soon, at once where they are many by now;
   * {@code repeat}, if the peer seems not to have heard.
   */
  void acknowledge(boolean repeat, int bytes) {
    unheard |= repeat;
    unacknowledged += bytes;
    if (unacknowledged >= ACKNOWLEDGE_BYTES) {
      tellReceived();
    }
    if (acknowledgement == null && !closed) {
      acknowledgement = node.clock().schedule(ACKNOWLEDGE_WITHIN, () -> node.context().runOnContext(now -> {
        acknowledgement = null;
        if (unheard || acknowledged < received.received()) {
          tellReceived();
        }
      }));
    }
  }

  /** The peer waits to hear what was received. */
  void acknowledgeNow() {
    if (acknowledgement != null) {
      acknowledgement.cancel();
      acknowledgement = null;
    }
    tellReceived();
  }

  private void tellReceived() {
    if (!closed) {
      put(Batch.from(self, Batch.UNNUMBERED, received.received()));
    }
  }

  /** Completes when everything that was written is acknowledged, or nobody is left to acknowledge it. */
  Future<Void> drained() {
    if (drained == null) {
      drained = Promise.promise();
    }
    settleDrain();
    if (!drained.future().isComplete()) {
      // The peer would wait for more that it could acknowledge as well.
      put(Batch.from(self, sent.next(), received.received()));
    }
    return drained.future();
  }

  private void settleDrain() {
    if (drained != null && (closed || sent.isEmpty())) {
      drained.tryComplete();
    }
  }

  /** Nothing is written any more. Any thread. */
  void close() {
    closed = true;
    node.context().runOnContext(now -> {
      stopLooking();
      if (acknowledgement != null) {
        acknowledgement.cancel();
        acknowledgement = null;
      }
      sent.clear();
      received.clear();
      settleDrain();
    });
  }
}
