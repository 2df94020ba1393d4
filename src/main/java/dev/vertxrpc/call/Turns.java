package dev.vertxrpc.call;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * A queue in which calls wait for one another: a place is taken when a call arrives, the call starts when
 * it is ready and everybody before it is done. Confined to its worker's context.
 */
public final class Turns {
  private final Deque<Turn> queue = new ArrayDeque<>();
  private boolean starting;

  /** The next place. It must be given back by {@link Turn#done()}, whatever happens. */
  Turn take() {
    Turn turn = new Turn();
    queue.add(turn);
    return turn;
  }

  // A loop, because a call that ends at once starts the next one: thousands may wait in line.
  private void startNext() {
    if (starting) {
      return;
    }
    starting = true;
    try {
      Turn first = queue.peek();
      while (first != null && (first.finished || first.work != null)) {
        if (first.finished) {
          queue.poll();
        } else {
          Runnable work = first.work;
          first.work = null;
          work.run();
        }
        first = queue.peek();
      }
    } finally {
      starting = false;
    }
  }

  /** One place in the queue. */
  final class Turn {
    private Runnable work;
    private boolean finished;

    /** Starts {@code start} as soon as everybody before is done, which may be at once. */
    void ready(Runnable start) {
      work = start;
      if (queue.peek() == this) {
        startNext();
      }
    }

    /** Gives the place back; twice is once. */
    void done() {
      if (!finished) {
        finished = true;
        startNext();
      }
    }
  }
}
