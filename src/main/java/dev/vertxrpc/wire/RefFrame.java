package dev.vertxrpc.wire;

import java.util.List;
import java.util.Optional;

/** What workers say to one another about references to values, one record each. Immutable. */
public sealed interface RefFrame extends Frame {
  /** Tells a value's owner of a handle that another worker handed to the sender. */
  record Register(Fork fork) implements RefFrame {
    @Override
    public FrameType type() {
      return FrameType.REGISTER;
    }
  }

  /** The owner knows that handle now, or will not: then {@code refusal} says why. */
  record Registered(ForkId fork, Optional<String> refusal) implements RefFrame {
    @Override
    public FrameType type() {
      return FrameType.REGISTERED;
    }
  }

  /** Tells the worker that handed a handle out that the owner knows it, or need not. */
  record Accept(ForkId fork) implements RefFrame {
    @Override
    public FrameType type() {
      return FrameType.ACCEPT;
    }
  }

  /** Tells the owner of handles that the sender has released. */
  record Release(List<Fork> released) implements RefFrame {
    @Override
    public FrameType type() {
      return FrameType.RELEASE;
    }
  }

  /**
   * Says that the sender lives, and has it confirmed that the receiver does. {@code held} counts the handles that the
   * sender has to the receiver's values, {@code granted} those of the receiver to its own, as far as it knows.
   */
  record Heartbeat(Tally held, Tally granted) implements RefFrame {
    @Override
    public FrameType type() {
      return FrameType.HEARTBEAT;
    }
  }

  /**
   * Names the handles to the sender's values that the receiver has, as far as the sender knows; where they are very
   * many, a part of them: then more follow.
   */
  record Recount(List<Fork> granted, boolean isLast) implements RefFrame {
    @Override
    public FrameType type() {
      return FrameType.RECOUNT;
    }
  }
}
