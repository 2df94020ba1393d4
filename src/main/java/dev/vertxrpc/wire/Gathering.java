package dev.vertxrpc.wire;

import io.netty.channel.EventLoop;
import io.vertx.core.internal.ContextInternal;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The frames that wait to be written to one peer. What the worker's event loop says in one turn is written together,
 * at its end, or with what is said when it has taken long; what another thread says is written at once, and so is what
 * is large. Thread-safe.
 */
final class Gathering {
  /** Nothing waits much longer for the end of its turn than a message takes on its way. */
  private static final long LONGEST_TURN_NANOS = 200_000;

  /** A frame, and who wants to know what becomes of it. */
  record Waiting(Frame frame, Outgoing outgoing) {}

  private final Queue<Waiting> queue = new ConcurrentLinkedQueue<>();
  private final EventLoop worker;
  private final ContextInternal node;
  private final Runnable write;
  private final AtomicBoolean writing = new AtomicBoolean();
  private volatile boolean begun;
  /** Confined to the worker's event loop, as is the next. */
  private boolean inTurn;
  private long turnBegan;

  /** {@code write} takes what is there, on {@code node}. */
  Gathering(ContextInternal worker, ContextInternal node, Runnable write) {
    this.worker = worker.nettyEventLoop();
    this.node = node;
    this.write = write;
  }

  /** From now on it may be written. */
  void begin() {
    begun = true;
    write();
  }

  void add(Frame frame, Outgoing outgoing) {
    queue.add(new Waiting(frame, outgoing));
    if (!begun) {
      return;
    }
    if (!worker.inEventLoop() || frame.bytes() >= Batch.FULL_BYTES) {
      // A large one is written alone in any case.
      write();
    } else if (!inTurn) {
      inTurn = true;
      turnBegan = System.nanoTime();
      worker.execute(this::endTurn);
    } else if (System.nanoTime() - turnBegan > LONGEST_TURN_NANOS) {
      write();
    }
  }

  private void endTurn() {
    inTurn = false;
    if (!queue.isEmpty()) {
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

  /** What has waited longest; null where nothing does. */
  Waiting poll() {
    return queue.poll();
  }

  boolean isEmpty() {
    return queue.isEmpty();
  }

  void clear() {
    queue.clear();
  }
}
