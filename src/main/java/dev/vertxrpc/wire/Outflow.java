package dev.vertxrpc.wire;

import io.netty.util.Timeout;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * Writes batches to one peer until it has acknowledged them, and tells it what it has sent here. A bus may lose a
 * message and say nothing, so nothing counts as delivered that the peer has not confirmed. Confined to the node's
 * context, except where a method says otherwise.
 */
final class Outflow {
  /** What was received is acknowledged with the next batch, or alone when this has passed. */
  private static final Duration ACKNOWLEDGE_WITHIN = Duration.ofMillis(10);
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
  private final AtomicBoolean acknowledging = new AtomicBoolean();
  private volatile Timeout acknowledgement;
  private volatile boolean unheard;
  private long acknowledged;
  /** What the next batch is to overtake. */
  private Batch held;
  private int failures;
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

  /** What has come from the peer. On the worker's context. */
  ReceiveWindow received() {
    return received;
  }

  /** The next batch, which takes frames until it is written. */
  Batch begin() {
    return Batch.from(self, sent.next(), received.received());
  }

  void write(Batch batch) {
    put(sent.add(batch, 0).batch());
    Batch overtaken = held;
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
      case DELAY -> node.clock().schedule(fault.delay(), () -> node.context().runOnContext(now -> putUnlessClosed(batch)));
      case DUPLICATE -> {
        put(batch);
        put(batch);
      }
      case REORDER -> held = batch;
    }
    lookSoon();
  }

  private void putUnlessLost(SendWindow.Sent batch) {
    if (!batch.isLost()) {
      put(batch.batch());
    }
  }

  private void putUnlessClosed(Batch batch) {
    if (!closed) {
      put(batch);
    }
  }

  private void lookSoon() {
    if (again == null) {
      lookAgain(sent.nextWait());
    }
  }

  private void put(Batch batch) {
    if (batch.received() >= acknowledged) {
      acknowledged = batch.received();
      unheard = false;
    }
    outlet.write(batch).onComplete(written -> node.context().runOnContext(now -> {
      if (written.succeeded()) {
        failures = 0;
      } else {
        failed(written.cause());
      }
    }));
  }

  // Whoever has gone without a word refuses connections; whoever is only slow does not for long.
  private void failed(Throwable cause) {
    failures++;
    if (failures > MOST_FAILURES) {
      lose("a message to it could not be written: " + cause.getMessage());
    } else if (!closed) {
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
    if (closed || sent.isEmpty()) {
      settleDrain();
      return;
    }
    Duration silence = sent.silence();
    if (silence.compareTo(silenceLimit) >= 0) {
      lose("it has acknowledged nothing for " + silence.toMillis() + " ms");
      return;
    }
    sent.oldest().forEach(this::putUnlessLost);
    lookAgain(sent.nextWait());
  }

  private void lose(String why) {
    if (!closed) {
      lost.accept(why);
    }
  }

  /** The peer says up to which number it has received. On the worker's context. */
  void acknowledged(long number) {
    sent.acknowledge(number);
    if (drained != null) {
      node.context().runOnContext(now -> settleDrain());
    }
  }

  /**
   * Acknowledges what was received, with the next batch or soon; {@code again}, if the peer seems not to have heard it.
   * On the worker's context.
   */
  void acknowledge(boolean again) {
    if (again) {
      unheard = true;
    }
    if (acknowledging.compareAndSet(false, true)) {
      acknowledgement = node.clock().schedule(ACKNOWLEDGE_WITHIN, () -> node.context().runOnContext(now -> {
        acknowledging.set(false);
        if (unheard || acknowledged < received.received()) {
          tellReceived();
        }
      }));
      if (closed) {
        acknowledgement.cancel();
      }
    }
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
    Timeout owed = acknowledgement;
    if (owed != null) {
      owed.cancel();
    }
    node.context().runOnContext(now -> {
      stopLooking();
      sent.clear();
      settleDrain();
    });
  }
}
