package dev.vertxrpc.wire;

import dev.vertxrpc.WorkerInfo;
import java.util.List;

/** Settles the handles in a frame that was dropped, so that nothing dropped can leak. */
@FunctionalInterface
public interface ForkLedger {
  /** Releases {@code forks}, which {@code from} had handed to this worker. */
  void settle(WorkerInfo from, List<Fork> forks);
}
