package dev.vertxrpc.wire;

import io.netty.channel.EventLoop;
import io.vertx.core.internal.ContextInternal;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The frames that wait to be written to one peer. What the worker's event loop says in one turn is written together,
 * at its end, or with what is said when it has taken long; what another thread says is written at once. Where there is
 * a stream the worker's loop writes all that is small, else the node's context. Thread-safe.
 */
final class Gathering {
  /** Nothing waits much longer for the end of its turn than a message takes on its way. */
  private static final long LONGEST_TURN_NANOS = 200_000;

  /**
   * So many go in a stream without waiting for the rest of a turn, and then twice as many each time: the peer begins
   * with the first ones early, and of many it is not woken often.
   */
  private static final int FIRST_ENOUGH = 8;
  private static final int MOST_ENOUGH = 128;

  /** A way that only the worker's event loop can write to. */
  interface Direct {
    /** Any thread. */
    boolean isOpen();

    /** Whether it has taken what is there, or will. */
    boolean take();

    /** It is not open, and something was said that it would have taken. Any thread. */
    void missed();
  }

  private final Queue<Outgoing> queue = new ConcurrentLinkedQueue<>();
  private final EventLoop worker;
  private final ContextInternal node;
  private final Runnable write;
  private final Direct stream;
  private final AtomicBoolean writing = new AtomicBoolean();
  private final AtomicBoolean flushing = new AtomicBoolean();
  private volatile boolean begun;
  /** Confined to the worker's event loop, as is the next. */
  private boolean inTurn;
  private long turnBegan;
  private int said;
  private int enough;

  /** {@code write} takes what is there, on {@code node}; {@code stream} does so on {@code worker}, if it is open. */
  Gathering(ContextInternal worker, ContextInternal node, Runnable write, Direct stream) {
    this.worker = worker.nettyEventLoop();
    this.node = node;
    this.write = write;
    this.stream = stream;
  }

  /** From now on it may be written. */
  void begin() {
    begun = true;
    write();
  }

  void add(Outgoing outgoing) {
    queue.add(outgoing);
    if (!begun) {
      return;
    }
    if (outgoing.frame().bytes() >= Batch.FULL_BYTES) {
      // It is written alone in any case.
      write();
    } else if (!worker.inEventLoop()) {
      sayFromAfar();
    } else if (!inTurn) {
      inTurn = true;
      enough = FIRST_ENOUGH;
      begun(System.nanoTime());
      worker.execute(this::endTurn);
    } else {
      goOn();
    }
  }

  // What the node's context says tells whether this worker lives: it must not wait for a loop that is kept.
  private void sayFromAfar() {
    if (node.inThread()) {
      write();
    } else if (!stream.isOpen()) {
      stream.missed();
      write();
    } else if (flushing.compareAndSet(false, true)) {
      worker.execute(() -> {
        // Before the queue is emptied, as below.
        flushing.set(false);
        flush();
      });
    }
  }

  private void goOn() {
    long now = System.nanoTime();
    said++;
    if (now - turnBegan > LONGEST_TURN_NANOS) {
      begun(now);
      flush();
    } else if (said >= enough) {
      enough = Math.min(2 * enough, MOST_ENOUGH);
      begun(now);
      stream.take();
    }
  }

  /** What is said from now on goes together. */
  private void begun(long now) {
    turnBegan = now;
    said = 1;
  }

  private void endTurn() {
    inTurn = false;
    flush();
  }

  /** Has what is there taken now, by the stream, or soon. On the worker's event loop. */
  void flush() {
    if (!queue.isEmpty() && !stream.take()) {
      write();
    }
  }

  /** Has what is there taken soon, nothing included. */
  void write() {
    if (writing.compareAndSet(false, true)) {
      node.runOnContext(turn -> {
        // Before the queue is emptied: who adds a frame from now on has it written in another turn.
        writing.set(false);
        write.run();
      });
    }
  }

  /** What will be polled next; null where nothing will. */
  Outgoing peek() {
    return queue.peek();
  }

  /** What has waited longest; null where nothing does. */
  Outgoing poll() {
    return queue.poll();
  }

  boolean isEmpty() {
    return queue.isEmpty();
  }

  void clear() {
    queue.clear();
  }
}
