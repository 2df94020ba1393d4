package dev.vertxrpc.ref;

import dev.vertxrpc.RpcException;
import dev.vertxrpc.RpcFailure;
import dev.vertxrpc.RpcListener;
import dev.vertxrpc.wire.Fork;
import dev.vertxrpc.wire.ForkId;
import dev.vertxrpc.wire.RefId;
import io.vertx.core.internal.ContextInternal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The values that this worker keeps, and who holds them. A value goes when nobody holds a handle, here or
 * elsewhere; its id is remembered for a while, so that a late frame gets an answer instead of a value that
 * will never be made. Guarded by the lock of {@link Tables}, which its callers hold.
 */
final class OwnedValues {
  private static final int REMEMBERED = 65_536;

  private final ContextInternal context;
  private final RpcListener listener;
  private final Disposal disposal;
  private final Map<RefId, OwnedValue> values = new HashMap<>();
  private final Map<RefId, Boolean> released = new LinkedHashMap<>() {
    private static final long serialVersionUID = 1L;

    @Override
    protected boolean removeEldestEntry(Map.Entry<RefId, Boolean> eldest) {
      return size() > REMEMBERED;
    }
  };

  private List<Runnable> news = new ArrayList<>();

  OwnedValues(ContextInternal context, RpcListener listener, Disposal disposal) {
    this.context = context;
    this.listener = listener;
    this.disposal = disposal;
  }

  /** What has happened since the last time, to be told without the lock. */
  List<Runnable> takeNews() {
    if (news.isEmpty()) {
      return List.of();
    }
    List<Runnable> taken = news;
    news = new ArrayList<>();
    return taken;
  }

  /** Values that somebody else holds. */
  long shared() {
    return values.values().stream().filter(value -> !value.holders().isEmpty()).count();
  }

  /** Outstanding handles elsewhere. */
  int forks() {
    return values.values().stream().mapToInt(value -> value.holders().size()).sum();
  }

  /** Whether some fork of that incarnation is outstanding. */
  boolean isHeldBy(long incarnation) {
    return values.values().stream().anyMatch(value -> value.holders().containsValue(incarnation));
  }

  Optional<OwnedValue> find(RefId id) {
    return Optional.ofNullable(values.get(id));
  }

  /** The value of that id, which may have to be made yet. */
  OwnedValue get(RefId id) {
    if (released.containsKey(id)) {
      throw RpcException.of(RpcFailure.REF_RELEASED, "the value " + id + " was released");
    }
    return values.computeIfAbsent(id, unknown -> {
      news.add(listener::refKept);
      return new OwnedValue(id, context.promise());
    });
  }

  void addHolder(OwnedValue value, ForkId fork, long holder) {
    value.holders().put(fork, holder);
  }

  void removeHolder(Fork fork) {
    OwnedValue value = values.get(fork.ref());
    if (value != null) {
      value.holders().remove(fork.id());
      freeIfUnused(value);
    }
  }

  void dropLocalHandle(OwnedValue value) {
    value.dropLocalHandle();
    freeIfUnused(value);
  }

  /** Drops what {@code incarnation} held. */
  void holderGone(long incarnation) {
    for (OwnedValue value : List.copyOf(values.values())) {
      if (value.holders().values().removeIf(holder -> holder == incarnation)) {
        freeIfUnused(value);
      }
    }
  }

  /** Nobody but those who hold them wants what {@code incarnation} has made; what it has not begun does not come. */
  void creatorGone(long incarnation) {
    for (OwnedValue value : List.copyOf(values.values())) {
      if (value.id().creator() != incarnation) {
        continue;
      }
      value.markOrphaned();
      if (!value.isCreated()) {
        value.markCreated();
        context.runOnContext(later -> value.fail(RpcException.of(RpcFailure.OWNER_LOST,
            "the worker that was to have " + value.id() + " made is gone")));
        freeIfUnused(value);
      }
    }
  }

  /** The call that makes it will not come. */
  void notCreated(OwnedValue value) {
    value.markCreated();
    freeIfUnused(value);
  }

  private void freeIfUnused(OwnedValue value) {
    if (value.isUnused() && values.remove(value.id()) != null) {
      released.put(value.id(), true);
      news.add(() -> freed(value));
    }
  }

  private void freed(OwnedValue value) {
    listener.refFreed();
    if (value.isOrphaned()) {
      context.runOnContext(later -> value.giveUp());
    }
    if (value.value().succeeded()) {
      disposal.gone(value.value().result());
    } else {
      // Its function may still run.
      value.value().onSuccess(disposal::gone);
    }
  }

  /** Forgets all of them, and answers them, so that what is still being made can be failed outside the lock. */
  List<OwnedValue> clear() {
    List<OwnedValue> forgotten = List.copyOf(values.values());
    forgotten.forEach(value -> news.add(() -> freed(value)));
    values.clear();
    released.clear();
    return forgotten;
  }
}
