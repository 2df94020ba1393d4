package dev.vertxrpc.wire;

import io.netty.util.Timeout;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Writes batches to one peer until it has acknowledged them, and tells it what it has sent here. A bus may lose a
 * message and say nothing, and a stream may break, so nothing counts as delivered that the peer has not confirmed. What
 * the worker's loop writes goes in the stream, if there is one, unless that would overtake too much; what the node's
 * context writes, and all that is written again, takes the bus: their order is in their numbers. Guarded by its lock,
 * except where a method says otherwise.
 */
final class Outflow {
  private final Node node;
  private final ReentrantLock lock = new ReentrantLock();
  private final Bus.Outlet outlet;
  private final BatchStream stream;
  private final Executor worker;
  private final long self;
  private final Consumer<String> lost;
  private final ReceiveWindow received = new ReceiveWindow();
  private final Voice voice = new Voice();
  private final Acknowledging acknowledging = new Acknowledging(received, voice);
  private final SendWindow sent;
  private final Repeating repeating;
  private final FunctionNames names = new FunctionNames();
  /** What the next batch is to overtake. */
  private SendWindow.Sent held;
  private final Promise<Void> drained;
  private boolean draining;
  private volatile boolean closed;

  /** {@code lost} is told why the peer counts as lost: silence for {@code silenceLimit}, or writes that fail. */
  Outflow(Node node, Bus.Outlet outlet, BatchStream stream, Executor worker, long self, Duration silenceLimit,
          Consumer<String> lost) {
    this.node = node;
    this.outlet = outlet;
    this.stream = stream;
    this.worker = worker;
    this.self = self;
    this.lost = lost;
    this.sent = new SendWindow(node.clock());
    this.repeating = new Repeating(sent, silenceLimit, voice);
    // Its listeners write to the bus, whoever completes it.
    this.drained = node.context().promise();
  }

  /** Held by whoever uses it, on the node's context or on the worker's. */
  ReentrantLock lock() {
    return lock;
  }

  /** Does {@code task} under the lock. */
  <T> T locked(Supplier<T> task) {
    lock.lock();
    try {
      return task.get();
    } finally {
      lock.unlock();
    }
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
    repeating.waits();
  }

  /** The same, but {@code fault} happens to it. */
  void write(Batch batch, Faults.Rule fault) {
    SendWindow.Sent written = sent.add(batch, fault.action() == Faults.Action.DROP ? fault.times() : 0);
    switch (fault.action()) {
      case DROP -> putUnlessLost(written);
      case DELAY -> {
        // As if it took so long to be written: it is not written again meanwhile.
        written.underWay(true);
        node.clock().schedule(fault.delay(), () -> onNode(() -> putUnlessLost(written)));
      }
      case DUPLICATE -> {
        put(written);
        put(written);
      }
      case REORDER -> held = written;
    }
    repeating.waits();
  }

  private void putUnlessLost(SendWindow.Sent batch) {
    if (!closed && !batch.isLost()) {
      put(batch);
    }
  }

  /** Does it on the node's context, under the lock. */
  private void onNode(Runnable task) {
    node.context().runOnContext(now -> locked(task));
  }

  private void locked(Runnable task) {
    lock.lock();
    try {
      task.run();
    } finally {
      lock.unlock();
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
    if (sent.mayOvertake() && stream.write(batch.batch())) {
      sent.inStream(batch);
      acknowledging.tells(batch.batch().received());
      batch.underWay(false);
      sent.written(batch);
    } else {
      putOnBus(batch);
    }
  }

  private void putOnBus(SendWindow.Sent batch) {
    batch.underWay(true);
    sent.onBus(batch);
    putOnBus(batch.batch()).onComplete(written -> node.context().execute(() -> locked(() -> {
      batch.underWay(false);
      if (written.succeeded()) {
        repeating.succeeded();
        sent.written(batch);
      } else {
        repeating.failed(written.cause());
      }
    })));
  }

  /** One that has no number. */
  private void put(Batch batch) {
    if (stream.write(batch)) {
      acknowledging.tells(batch.received());
    } else {
      putOnBus(batch);
    }
  }

  // Not on the worker's context, which may be on the same loop: pings of a connection would end with its verticle.
  private Future<Void> putOnBus(Batch batch) {
    acknowledging.tells(batch.received());
    if (node.isHere()) {
      return outlet.write(batch);
    }
    Promise<Void> written = node.context().promise();
    node.context().runOnContext(now -> outlet.write(batch).onComplete(written));
    return written.future();
  }

  /** The stream is gone, and with it what it has not brought. Any thread. */
  void streamClosed() {
    onNode(repeating::now);
  }

  /** The peer says up to which number it has received. */
  void acknowledged(long number) {
    sent.acknowledge(number);
    settleDrain();
  }

  /** When the peer is told what has come. */
  Acknowledging acknowledging() {
    return acknowledging;
  }

  /** What those who know when have written. */
  private final class Voice implements Acknowledging.Voice, Repeating.Voice {
    @Override
    public Timeout after(Duration delay, Runnable task) {
      return closed ? null : node.clock().schedule(delay, () -> onNode(task));
    }

    @Override
    public void inStream(Runnable task) {
      if (stream.isOpen()) {
        worker.execute(() -> {
          if (!lock.tryLock()) {
            // The loop does not wait for what is written here.
            onNode(task);
            return;
          }
          try {
            task.run();
          } finally {
            lock.unlock();
          }
        });
      } else {
        task.run();
      }
    }

    @Override
    public void tell() {
      if (!closed) {
        put(Batch.from(self, Batch.UNNUMBERED, received.received()));
      }
    }

    @Override
    public boolean isOver() {
      return closed;
    }

    @Override
    public long beingWritten() {
      return node.bus().beingWritten();
    }

    @Override
    public void late() {
      stream.late();
    }

    @Override
    public void again(SendWindow.Sent batch) {
      if (!batch.isLost()) {
        putOnBus(batch);
      }
    }

    @Override
    public void lose(String why) {
      if (!closed) {
        lost.accept(why);
      }
    }
  }

  /** Completes when everything that was written is acknowledged, or nobody is left to acknowledge it. */
  Future<Void> drained() {
    draining = true;
    settleDrain();
    if (!drained.future().isComplete()) {
      // The peer would wait for more that it could acknowledge as well.
      put(Batch.from(self, sent.next(), received.received()));
    }
    return drained.future();
  }

  private void settleDrain() {
    if (draining && (closed || sent.isEmpty())) {
      drained.tryComplete();
    }
  }

  /** Nothing is written any more. Any thread. */
  void close() {
    closed = true;
    onNode(() -> {
      repeating.stop();
      acknowledging.stop();
      sent.clear();
      held = null;
      received.clear();
      settleDrain();
    });
  }
}
