package dev.vertxrpc.wire;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What comes beside the batches of one link under numbers, in a socket or in chunks, and the frames that speak of it:
 * whichever is first waits for the other. Numbers are given in the order of frames, so what has a number that was
 * spoken of, and is not waited for, has come before. Thread-safe.
 */
final class Comings {
  private static final String GONE = "its sender is gone";

  private final Budget budget;
  private final long mostBytes;
  /** What has not come, or no frame has spoken of. */
  private final Map<Long, Coming> open = new HashMap<>();
  private long spokenOf;
  private boolean closed;

  /** Bulk of more than {@code mostBytes} is refused; what has room counts in {@code budget} until it is handed on. */
  Comings(Budget budget, long mostBytes) {
    this.budget = budget;
    this.mostBytes = mostBytes;
  }

  /** A frame speaks of that number. */
  Coming expect(long number, int length) {
    Coming known;
    synchronized (this) {
      if (length < 0 || number <= spokenOf) {
        throw new MalformedFrameException("bulk " + number + " of " + length + " bytes, after bulk " + spokenOf);
      }
      spokenOf = number;
      if (closed) {
        return Coming.refused(number, GONE);
      }
      if (length > mostBytes) {
        return Coming.refused(number,
            length + " bytes are more than limits.maxPayloadBytes, which is " + mostBytes + " there");
      }
      known = open.computeIfAbsent(number, unknown -> new Coming(number, length));
      require(known, length);
    }
    if (known.isDone()) {
      forget(known);
    }
    return known;
  }

  /** It begins to come in a socket; null: nobody wants it, or not any more. */
  synchronized Coming begin(long number, int length) {
    if (closed || length < 0 || length > mostBytes) {
      return null;
    }
    Coming known = number > spokenOf ? open.computeIfAbsent(number, unknown -> new Coming(number, length))
        : open.get(number);
    if (known != null) {
      require(known, length);
    }
    return known;
  }

  /** Some of it has come in a chunk, which is always behind the frame that speaks of it; null as above. */
  synchronized Coming chunk(long number, int length) {
    if (closed) {
      return null;
    }
    if (number > spokenOf) {
      throw new MalformedFrameException("a part of bulk " + number + ", and frames have spoken of " + spokenOf);
    }
    Coming known = open.get(number);
    if (known != null) {
      require(known, length);
    }
    return known;
  }

  private static void require(Coming known, int length) {
    if (known.length() != length) {
      throw new MalformedFrameException("bulk " + known.number() + " has " + length + " bytes, and had "
          + known.length());
    }
  }

  /** Whether there may be room for it now; if not, {@link Budget#whenGiven} says when to ask again. */
  synchronized boolean admit(Coming begun) {
    // It may have come otherwise while its reader waited.
    if (begun.isDone()) {
      return true;
    }
    if (closed || begun.isCounted() || budget.tryTakeOrAlone(begun.length())) {
      begun.count(!closed);
      return true;
    }
    return false;
  }

  /** There is room for it, since what comes in chunks cannot be held up. */
  synchronized void admitAlways(Coming begun) {
    if (!closed && !begun.isDone() && !begun.isCounted()) {
      budget.take(begun.length());
      begun.count(true);
    }
  }

  /** All of it is there; it waits on if no frame has spoken of it. */
  void end(Coming whole) {
    boolean isAwaited;
    whole.end();
    synchronized (this) {
      isAwaited = whole.number() <= spokenOf;
    }
    if (isAwaited) {
      forget(whole);
    }
  }

  private void forget(Coming known) {
    boolean wasCounted;
    synchronized (this) {
      open.remove(known.number(), known);
      wasCounted = known.isCounted();
      known.count(false);
    }
    if (wasCounted) {
      budget.give(known.length());
    }
  }

  Budget budget() {
    return budget;
  }

  /** How many bytes have room here. */
  synchronized long bytes() {
    return open.values().stream().filter(Coming::isCounted).mapToLong(Coming::length).sum();
  }

  /** Nothing comes any more. */
  void close() {
    List<Coming> never;
    synchronized (this) {
      closed = true;
      never = List.copyOf(open.values());
    }
    never.forEach(each -> {
      each.refuse(GONE);
      forget(each);
    });
  }
}
