package dev.vertxrpc.wire;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * What one frame has brought in a lane: its peer may write there again when it is given back, which is when the frame
 * has been delivered, unless its receiver holds it. Confined to the worker's context; given back on any thread.
 */
final class Loan {
  private final ByteBuffer memory;
  private final List<Integer> places = new ArrayList<>(1);
  private boolean held;

  Loan(ByteBuffer memory) {
    this.memory = memory;
  }

  void add(int at) {
    places.add(at);
  }

  /** Its receiver gives it back, once, by running what is returned. */
  Runnable hold() {
    held = true;
    return this::giveBack;
  }

  boolean isHeld() {
    return held;
  }

  void giveBack() {
    places.forEach(at -> ArenaLayout.markFree(memory, at));
  }
}
