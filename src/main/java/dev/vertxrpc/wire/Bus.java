package dev.vertxrpc.wire;

import io.vertx.core.Future;
import io.vertx.core.internal.ContextInternal;
import java.util.function.Consumer;

/**
 * Carries batches from worker to worker: the event bus, or in tests one that delivers what it is told to. Thread-safe.
 */
interface Bus {
  /** The way to {@code address}. */
  Outlet to(String address);

  /** Hands what comes for {@code address} to {@code receiver}, on {@code context}, from where it is called. */
  Inlet at(String address, ContextInternal context, Consumer<Batch> receiver);

  /** How many bytes it was given that are not on their way yet: what comes behind them has to wait. */
  long beingWritten();

  /** Nobody uses it any more. */
  void close();

  /** Where batches go out. */
  interface Outlet {
    /** Completes when the batch is on its way, and fails when it cannot be. */
    Future<Void> write(Batch batch);
  }

  /** Where batches come in. */
  interface Inlet {
    /** Completes when everybody in the cluster can find it. */
    Future<Void> opened();

    /** Completes when nobody does any more. */
    Future<Void> close();
  }
}
