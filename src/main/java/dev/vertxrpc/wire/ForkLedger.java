package dev.vertxrpc.wire;

import dev.vertxrpc.WorkerInfo;
import java.util.List;

/** Is told of the handles in frames: settles those of a frame that was dropped, so that nothing dropped can leak. */
@FunctionalInterface
public interface ForkLedger {
  /** Releases {@code forks}, which {@code from} had handed to this worker. */
  void settle(WorkerInfo from, List<Fork> forks);

  /** A frame with {@code forks} was given to a link: what is sent on it from now on comes behind them. Any thread. */
  default void departed(List<Fork> forks) {}
}
