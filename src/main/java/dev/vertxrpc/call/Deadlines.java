package dev.vertxrpc.call;

import dev.vertxrpc.wire.Clock;
import io.netty.util.Timeout;
import io.netty.util.collection.LongObjectHashMap;
import io.netty.util.collection.LongObjectMap;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells calls that their time is over. Most calls end long before: they are entered and taken out without the clock
 * being asked, since those whose time is over within the same few milliseconds share one alarm. Thread-safe.
 */
final class Deadlines {
  private static final Logger LOG = LoggerFactory.getLogger(Deadlines.class);
  /** Two to this power of nanoseconds, some 8 ms, share an alarm: about as often as the clock looks. */
  private static final int SPAN = 23;

  /** What has a deadline. Entered once at the most. */
  abstract static class Entry {
    private Span span;
    private Entry before;
    private Entry behind;
    private long nanos;

    /** Its time is over; on the clock's thread. */
    abstract void expire();
  }

  /** Those of one span, as a ring that begins with itself. */
  private final class Span extends Entry {
    private final long number;
    private Timeout alarm;
    private long alarmNanos;

    Span(long number) {
      this.number = number;
      Entry ring = this;
      ring.before = this;
      ring.behind = this;
    }

    private boolean isEmpty() {
      return ((Entry) this).behind == this;
    }

    private void ringAt(long nanos) {
      cancel();
      alarmNanos = nanos;
      alarm = clock.schedule(Duration.ofNanos(Math.max(0, nanos - clock.nanoTime())), this::expire);
    }

    private void cancel() {
      if (alarm != null) {
        alarm.cancel();
      }
    }

    @Override
    void expire() {
      for (Entry entry : due(this)) {
        try {
          entry.expire();
        } catch (Throwable failed) {
          // The others have no alarm any more but this one.
          LOG.error("event=deadline-failed", failed);
        }
      }
    }
  }

  private final Clock clock;
  private final LongObjectMap<Span> spans = new LongObjectHashMap<>();
  /** The one that was entered into last. It keeps its alarm when it is empty: the next call will be entered here. */
  private Span last;

  Deadlines(Clock clock) {
    this.clock = clock;
  }

  /** Has {@code entry} expire at {@code deadline}, if that is set, unless it is taken out before. */
  synchronized void enter(Entry entry, Deadline deadline) {
    if (!deadline.isSet()) {
      return;
    }
    entry.nanos = deadline.nanos();
    Span span = span(entry.nanos >> SPAN);
    if (span.alarm == null || entry.nanos - span.alarmNanos < 0) {
      span.ringAt(entry.nanos);
    }
    link(entry, span);
  }

  private static void link(Entry entry, Span span) {
    Entry ring = span;
    entry.span = span;
    entry.before = ring.before;
    entry.behind = ring;
    ring.before.behind = entry;
    ring.before = entry;
  }

  private Span span(long number) {
    if (last != null && last.number == number) {
      return last;
    }
    Span span = spans.get(number);
    if (span == null) {
      span = new Span(number);
      spans.put(number, span);
    }
    Span previous = last;
    last = span;
    forgetIfEmpty(previous);
    return span;
  }

  /** It does not expire any more; nothing where it was not entered, or has. */
  synchronized void takeOut(Entry entry) {
    Span span = entry.span;
    if (span != null) {
      unlink(entry);
      forgetIfEmpty(span);
    }
  }

  private static void unlink(Entry entry) {
    entry.before.behind = entry.behind;
    entry.behind.before = entry.before;
    entry.span = null;
    entry.before = null;
    entry.behind = null;
  }

  private void forgetIfEmpty(Span span) {
    // One that was forgotten may ring once more, when there is another in its place.
    if (span != null && span != last && span.isEmpty() && spans.get(span.number) == span) {
      span.cancel();
      spans.remove(span.number);
    }
  }

  private synchronized List<Entry> due(Span span) {
    List<Entry> due = new ArrayList<>();
    long now = clock.nanoTime();
    long next = Long.MAX_VALUE;
    Entry ring = span;
    for (Entry entry = ring.behind; entry != ring;) {
      Entry behind = entry.behind;
      if (entry.nanos - now <= 0) {
        unlink(entry);
        due.add(entry);
      } else {
        next = Math.min(next, entry.nanos - now);
      }
      entry = behind;
    }
    if (!span.isEmpty()) {
      span.ringAt(now + next);
    } else {
      span.alarm = null;
      if (span == last) {
        last = null;
      }
      forgetIfEmpty(span);
    }
    return due;
  }

  /** Nothing expires any more. */
  synchronized void close() {
    spans.values().forEach(Span::cancel);
    spans.clear();
    last = null;
  }
}
