package dev.vertxrpc.call;

import dev.vertxrpc.wire.CallId;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * A queue in which calls wait for one another: a place is taken when a call arrives, the call starts when
 * it is ready and everybody before it is done.
 *
 * <p>One whose function waits for another call lets in the calls of its own tree, one at a time, because it may be
 * these that it waits for; it goes on when the one let in is done. Confined to its worker's context.
 */
public final class Turns {
  /** A call as part of a tree, which is known by its root. */
  @FunctionalInterface
  interface InTree {
    CallId root();
  }

  private enum State { QUEUED, RUNNING, PAUSED, RESUMING, DONE }

  /** The ends of the line, in the order in which the places were taken; whoever gives up leaves it, from anywhere. */
  private Turn first;
  private Turn last;
  private int waiting;
  /** Who has started: the last one runs, and those before it have let it in. */
  private final Deque<Turn> started = new ArrayDeque<>(2);
  private boolean starting;

  /** The next place, for {@code call}. Give it back by {@link Turn#done()}, whatever happens. */
  Turn take(InTree call) {
    Turn turn = new Turn(call);
    turn.before = last;
    if (last == null) {
      first = turn;
    } else {
      last.behind = turn;
    }
    last = turn;
    waiting++;
    return turn;
  }

  /** How many wait to start. */
  int waiting() {
    return waiting;
  }

  // A loop, because a call that ends at once starts the next one: thousands may wait in line.
  private void startNext() {
    if (starting) {
      return;
    }
    starting = true;
    try {
      Turn next = next();
      while (next != null) {
        next.go();
        next = next();
      }
    } finally {
      starting = false;
    }
  }

  /** Who may start, or go on, now; null for nobody. */
  private Turn next() {
    while (!started.isEmpty() && started.peek().state == State.DONE) {
      started.poll();
    }
    Turn running = started.peek();
    if (running == null) {
      return first == null || first.work == null ? null : start(first);
    }
    return switch (running.state) {
      case RESUMING -> running;
      case PAUSED -> guest(running.call.root());
      default -> null;
    };
  }

  private Turn guest(CallId root) {
    for (Turn turn = first; turn != null; turn = turn.behind) {
      if (turn.work != null && turn.call.root().equals(root)) {
        return start(turn);
      }
    }
    return null;
  }

  private Turn start(Turn turn) {
    leave(turn);
    started.push(turn);
    return turn;
  }

  private void leave(Turn turn) {
    if (turn.before == null) {
      first = turn.behind;
    } else {
      turn.before.behind = turn.behind;
    }
    if (turn.behind == null) {
      last = turn.before;
    } else {
      turn.behind.before = turn.before;
    }
    turn.before = null;
    turn.behind = null;
    waiting--;
  }

  /** One place in the queue. */
  final class Turn {
    private final InTree call;
    private State state = State.QUEUED;
    private Runnable work;
    /** Its neighbours, as long as it is in the line. */
    private Turn before;
    private Turn behind;

    private Turn(InTree call) {
      this.call = call;
    }

    private void go() {
      state = State.RUNNING;
      Runnable now = work;
      work = null;
      now.run();
    }

    /** Starts {@code start} as soon as everybody before is done, which may be at once. */
    void ready(Runnable start) {
      work = start;
      startNext();
    }

    /** Its function waits for another call. */
    void pause() {
      if (state == State.RUNNING) {
        state = State.PAUSED;
        startNext();
      }
    }

    /** Its function can go on: runs {@code goOn} as soon as nobody runs whom it has let in. */
    void resume(Runnable goOn) {
      if (state != State.PAUSED) {
        goOn.run();
        return;
      }
      state = State.RESUMING;
      work = goOn;
      startNext();
    }

    /** Gives the place back; twice is once. */
    void done() {
      if (state != State.DONE) {
        boolean isInLine = state == State.QUEUED;
        state = State.DONE;
        if (isInLine) {
          leave(this);
        }
        work = null;
        startNext();
      }
    }
  }
}
