package dev.vertxrpc.wire;

import io.netty.buffer.Unpooled;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.buffer.BufferInternal;
import java.util.function.Consumer;

/**
 * Bulk on its way to this worker. It may come twice, when the lane broke that it came in first: each way fills it from
 * its beginning, with the same bytes, and the one that is done first ends it. Thread-safe.
 */
final class Coming {
  private final long number;
  private final int length;
  /** Room for it, from the first byte on. */
  private byte[] bytes;
  /** How much of it has come in chunks. */
  private int chunked;
  private boolean done;
  /** Whether it counts in a budget: the business of {@link Comings}, under whose lock it changes. */
  private boolean counted;
  private String refusal;
  private Consumer<String> listener;

  Coming(long number, int length) {
    this.number = number;
    this.length = length;
  }

  /** One that nobody will ever have. */
  static Coming refused(long number, String why) {
    Coming coming = new Coming(number, 0);
    coming.refuse(why);
    return coming;
  }

  long number() {
    return number;
  }

  int length() {
    return length;
  }

  boolean isCounted() {
    return counted;
  }

  void count(boolean itDoes) {
    counted = itDoes;
  }

  synchronized boolean isDone() {
    return done;
  }

  /** Where it goes; null where it is not wanted, or there is no room. */
  synchronized byte[] room() {
    if (bytes == null && !done) {
      try {
        bytes = new byte[length];
      } catch (OutOfMemoryError none) {
        refuse("there is no memory for its " + length + " bytes");
      }
    }
    return done ? null : bytes;
  }

  /** Takes what follows what it has of the chunks; whether it is what follows. */
  boolean take(int from, Buffer chunk) {
    synchronized (this) {
      if (from != chunked || chunk.length() > length - from) {
        return false;
      }
      chunked += chunk.length();
    }
    byte[] room = room();
    if (room != null) {
      ((BufferInternal) chunk).getByteBuf().getBytes(0, room, from, chunk.length());
    }
    return true;
  }

  /** Whether all of it has come in chunks. */
  synchronized boolean isWhole() {
    return chunked == length;
  }

  /** All of it is there; nothing where that is known. */
  void end() {
    end(null);
  }

  /** Nobody gets it, because of {@code why}. */
  void refuse(String why) {
    end(why);
  }

  private void end(String why) {
    Consumer<String> told;
    synchronized (this) {
      if (done) {
        return;
      }
      done = true;
      refusal = why;
      told = listener;
      if (why != null) {
        bytes = null;
      }
    }
    if (told != null) {
      told.accept(why);
    }
  }

  /** Has {@code told} hear, once, when it is there: null, or why it never will be. On any thread, this one included. */
  void whenThere(Consumer<String> told) {
    String why;
    synchronized (this) {
      if (!done) {
        listener = told;
        return;
      }
      why = refusal;
    }
    told.accept(why);
  }

  /** All of it. */
  synchronized Buffer buffer() {
    if (!done || refusal != null) {
      throw new IllegalStateException("bulk " + number + " is not there");
    }
    return BufferInternal.buffer(Unpooled.wrappedBuffer(bytes));
  }
}
