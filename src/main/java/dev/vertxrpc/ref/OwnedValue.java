package dev.vertxrpc.ref;

import dev.vertxrpc.RpcException;
import dev.vertxrpc.call.Turns;
import dev.vertxrpc.wire.ForkId;
import dev.vertxrpc.wire.RefId;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.lang.reflect.Type;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A value that this worker keeps, or is to keep: a handle to it may be heard of before the function that
 * makes it. Who holds it is guarded by the lock of {@link Tables}; the value itself is set once, by
 * any thread.
 */
final class OwnedValue {
  private final RefId id;
  private final Promise<Object> value;
  private final String site;
  /** Null until the first call: a million values may be kept that nobody calls. */
  private Turns turns;
  /** Of as few as there are mostly, none or one, it takes no table. */
  private Map<ForkId, Holder> holders = Map.of();
  private int localHandles;
  /** Whether the call that makes it has arrived, or is not coming any more. */
  private boolean created;
  /** Whether the worker is gone that has it made. */
  private boolean orphaned;
  /** Gives up its making; null where that has ended, or has not begun. */
  private volatile Runnable giveUp;
  private volatile Type type = Object.class;
  private volatile Class<?> api;

  OwnedValue(RefId id, Promise<Object> value, String site) {
    this.id = id;
    this.value = value;
    this.site = site;
  }

  RefId id() {
    return id;
  }

  /** Who holds it, by fork; not to be changed through this. */
  Map<ForkId, Holder> holders() {
    return holders;
  }

  /** Notes who has a fork that nobody is known to have. */
  void addHolder(ForkId fork, Holder holder) {
    if (holders.isEmpty()) {
      holders = Map.of(fork, holder);
      return;
    }
    if (holders.size() == 1) {
      holders = new HashMap<>(holders);
    }
    holders.put(fork, holder);
  }

  /** Answers who had that fork; null: nobody. */
  Holder removeHolder(ForkId fork) {
    Holder holder = holders.get(fork);
    if (holder == null) {
      return null;
    }
    if (holders.size() == 1) {
      holders = Map.of();
    } else {
      holders.remove(fork);
      if (holders.size() == 1) {
        holders = Map.copyOf(holders);
      }
    }
    return holder;
  }

  boolean isCreated() {
    return created;
  }

  void markCreated() {
    created = true;
  }

  boolean isOrphaned() {
    return orphaned;
  }

  void markOrphaned() {
    orphaned = true;
  }

  void onOrphaned(Runnable told) {
    giveUp = told;
  }

  /** Nobody wants it made any more. On the worker's context, outside the lock. */
  void giveUp() {
    Runnable making = giveUp;
    if (making != null) {
      making.run();
    }
  }

  /** Where it was first heard of; null where that is not tracked. */
  String site() {
    return site;
  }

  int localHandles() {
    return localHandles;
  }

  void addLocalHandle() {
    localHandles++;
  }

  void dropLocalHandle() {
    localHandles--;
  }

  // Handles may come and go before the call that makes the value: its creator still holds one.
  boolean isUnused() {
    return created && holders.isEmpty() && localHandles == 0;
  }

  Future<Object> value() {
    return value.future();
  }

  Type type() {
    return type;
  }

  /** Has exactly the methods of {@code only} callable on it; before it is complete. */
  void shareAs(Class<?> only) {
    api = only;
  }

  Optional<Class<?>> api() {
    return Optional.ofNullable(api);
  }

  /** On the worker's context. */
  Turns turns() {
    if (turns == null) {
      turns = new Turns();
    }
    return turns;
  }

  /** Whether it was not complete before. */
  boolean complete(Object made, Type as) {
    // Before the value, so that who sees the value sees its type.
    type = as;
    giveUp = null;
    return value.tryComplete(made);
  }

  void fail(RpcException failure) {
    value.tryFail(failure);
    giveUp = null;
  }
}
