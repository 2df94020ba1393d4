package dev.vertxrpc.wire;

import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** A body and its bulk, of which not all is there yet. Thread-safe. */
final class Arriving {
  /** One of the buffers: it is there, or lent, or it comes. */
  record Part(Buffer there, boolean lent, Coming coming) {
    /** The same, to stay. */
    Part kept() {
      return lent ? new Part(Payload.copy(there), false, null) : this;
    }

    Buffer buffer() {
      return there != null ? there : coming.buffer();
    }

    int length() {
      return there != null ? there.length() : coming.length();
    }
  }

  private final Part body;
  private final List<Part> bulk;
  private int missing;
  private String refusal;
  private final List<Consumer<String>> told = new ArrayList<>(1);

  Arriving(Part body, List<Part> bulk) {
    this.body = body;
    this.bulk = bulk;
    // Counted before any can be there.
    missing = 1;
    wait(body);
    bulk.forEach(this::wait);
    arrived(null);
  }

  private void wait(Part part) {
    if (part.coming() != null) {
      synchronized (this) {
        missing++;
      }
      part.coming().whenThere(this::arrived);
    }
  }

  private void arrived(String why) {
    List<Consumer<String>> now;
    synchronized (this) {
      missing--;
      if (why != null && refusal == null) {
        refusal = why;
      }
      if (!isOver()) {
        return;
      }
      now = List.copyOf(told);
      told.clear();
    }
    now.forEach(each -> each.accept(refusal));
  }

  private boolean isOver() {
    return missing == 0 || refusal != null;
  }

  synchronized boolean isPending() {
    return !isOver();
  }

  synchronized boolean isThere() {
    return missing == 0 && refusal == null;
  }

  /** See {@link Payload#whenThere}. */
  void whenThere(Consumer<String> then) {
    synchronized (this) {
      if (!isOver()) {
        told.add(then);
        return;
      }
    }
    then.accept(refusal);
  }

  Buffer body() {
    return body.buffer();
  }

  List<Buffer> bulk() {
    return bulk.stream().map(Part::buffer).toList();
  }

  long bytes() {
    return body.length() + bulk.stream().mapToLong(Part::length).sum();
  }
}
