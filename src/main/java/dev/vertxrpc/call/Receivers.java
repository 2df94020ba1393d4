package dev.vertxrpc.call;

import dev.vertxrpc.RpcException;
import dev.vertxrpc.WorkerInfo;
import dev.vertxrpc.wire.Fork;
import dev.vertxrpc.wire.RefId;
import io.vertx.core.Future;
import java.lang.reflect.Type;
import java.util.Optional;

/** The values that this worker keeps for others, as calls need them; implemented by {@code ref}. */
public interface Receivers {
  /**
   * The kept value of that id, for a call that is to {@linkplain Receiver#end end} its use, once.
   *
   * @throws RpcException REF_RELEASED where there is none any more, NOT_JOINED once the worker has left
   */
  Receiver find(RefId ref);

  /**
   * Registers a value that a function is about to make, with {@code creator}'s handle to it, and tells the
   * creator so.
   *
   * @throws RpcException where there can be none any more; the creator is told that too
   */
  Kept keep(Fork fork, WorkerInfo creator);

  /** An object that is called, or fetched. */
  interface Receiver {
    /** The object once it is made, on the worker's context; fails as the function that was to make it. */
    Future<Object> value();

    /** What it is encoded as; known once it is made. */
    Type type();

    /** The interface whose methods may be called on it; empty: those that are exposed. */
    Optional<Class<?>> api();

    /** The turns of the methods called on it. */
    Turns turns();

    /** The call has ended: the value may go. */
    void end();
  }

  /** A value that is being made: the first call decides; a value that comes after a failure is let go. Thread-safe. */
  interface Kept {
    void complete(Object value, Type type);

    void fail(RpcException failure);

    /** Whether somebody holds a handle to it, its creator included. */
    boolean isHeld();

    /** Tells, on the worker's context, when nobody holds the value any more and who had it made is gone. */
    void onOrphaned(Runnable told);
  }
}
