package dev.vertxrpc.cluster;

import dev.vertxrpc.Remote;

/** A value to be kept: its methods take turns, so it needs no lock. */
@Remote
public final class Counter {
  private int count;

  public Counter(int start) {
    count = start;
  }

  public int add(int by) {
    int before = count;
    Thread.yield();
    count = before + by;
    return count;
  }

  public int get() {
    return count;
  }
}
