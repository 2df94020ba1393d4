package dev.vertxrpc;

import java.time.Duration;
import java.util.Optional;

/**
 * Told what one worker does. Every method has an empty default, is called on whichever thread the
 * event happened, and must neither block nor throw. A call that was started ends exactly once.
 */
public interface RpcListener {
  /** A call to {@code peer} is about to be sent. */
  default void callStarted(long callId, WorkerInfo peer, String function) {}

  /** It ended: with a value where {@code failure} is empty. */
  default void callEnded(long callId, Optional<RpcFailure> failure, Duration took) {}

  /**
   * A call failed, and its Future became garbage without anybody having listened to it or asked for its failure.
   * Told some time later, when that is found out.
   */
  default void failureUnobserved(String function, RpcFailure failure) {}

  /** This worker has served a call; {@code took} counts from its arrival. */
  default void callServed(WorkerInfo caller, String function, Optional<RpcFailure> failure, Duration took) {}

  /** A function has kept the event loop longer than it may, and still does. */
  default void loopBlocked(String function, Duration soFar) {}

  /** A reply came after its call had ended; it was dropped. */
  default void replyDropped(WorkerInfo from) {}

  /** A message arrived that could not be read, or came from nobody known; it was dropped. */
  default void messageDropped(String reason) {}

  /** This worker keeps one more value for others. */
  default void refKept() {}

  /** The last handle to a kept value was released. */
  default void refFreed() {}

  /** A round in which this worker took part ended. */
  default void roundEnded(int participants, Optional<RpcFailure> failure, Duration took) {}

  /** A worker became a member of the group. */
  default void workerJoined(WorkerInfo worker) {}

  /** A member left in good order. */
  default void workerLeft(WorkerInfo worker) {}

  /** A member crashed, or was declared lost. */
  default void workerLost(WorkerInfo worker) {}
}
