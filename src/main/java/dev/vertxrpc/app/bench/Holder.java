package dev.vertxrpc.app.bench;

import dev.vertxrpc.NonBlocking;
import dev.vertxrpc.Remote;

/** The object that is made, asked and let go. Immutable. */
@Remote
public final class Holder {
  private final int number;

  /** Keeps {@code number}. */
  @NonBlocking
  public Holder(int number) {
    this.number = number;
  }

  /** The number that it was made with. */
  @NonBlocking
  public int get() {
    return number;
  }
}
