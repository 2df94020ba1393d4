package dev.vertxrpc;

import io.vertx.core.Future;
import java.time.Duration;

/**
 * A counted handle to a value that its owner keeps. The value lives as long as anybody holds a
 * handle to it. A handle is released by {@link #close()}; one that is forgotten is released after the
 * garbage collector found it. It travels as an ordinary argument or result: the receiver gets a
 * handle of its own. Two handles are equal when they are the same object or views of one handle.
 *
 * <p>A view made by {@link #with} or {@link #withTimeout} shares the handle. Every Future completes on
 * the context of its caller. Thread-safe.
 *
 * @param <T> the type of the value
 */
public interface RRef<T> extends RemoteObject<T>, AutoCloseable {
  @Override
  RRef<T> with(CallOptions options);

  @Override
  RRef<T> withTimeout(Duration timeout);

  /**
   * The value: a copy of it, or on the owner the object itself. Fails as the function that was to make the value
   * failed, which includes that its call was refused, was late or was cancelled; with TIMEOUT or CANCELLED where this
   * fetch was given up; with OVERLOADED beyond the limits; with CODEC where the value cannot travel; with
   * REF_RELEASED after {@link #close()}; with OWNER_LOST, WORKER_LOST or WORKER_LEFT where the owner is gone; with
   * NOT_JOINED at the end of this worker.
   */
  Future<T> toHere();

  /**
   * The object itself, on its owner only.
   *
   * @throws IllegalStateException elsewhere, or while the function that makes the value still runs
   */
  T localValue();

  /** The worker that keeps the value. */
  WorkerInfo owner();

  /** Whether this worker keeps the value. */
  boolean isOwner();

  /**
   * Completes when the owner has registered this handle, which says nothing about the value being
   * made; fails when it could not.
   */
  Future<Void> confirmed();

  /** Whether the owner has registered this handle. */
  boolean isConfirmed();

  /**
   * The name of the value's class, "null" where it is null. Asked of the owner once and remembered, unless that fails:
   * then as {@link #toHere} does.
   */
  Future<String> type();

  /** Releases the handle; calls made before it still reach the value. Twice is once. */
  @Override
  void close();
}
