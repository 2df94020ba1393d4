package dev.vertxrpc.ref;

import dev.vertxrpc.RpcException;
import dev.vertxrpc.RpcFailure;
import dev.vertxrpc.WorkerInfo;
import dev.vertxrpc.wire.Fork;
import dev.vertxrpc.wire.ForkId;
import dev.vertxrpc.wire.RefId;
import dev.vertxrpc.wire.Tally;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The values that this worker keeps, and who holds them. A value goes when nobody holds a handle, here or
 * elsewhere; its id is remembered for a while, so that a late frame gets an answer instead of a value that
 * will never be made. Guarded by the lock of {@link Tables}, which its callers hold.
 */
final class OwnedValues {
  private static final int REMEMBERED = 65_536;

  private final RefSetup setup;
  private final Sites sites;
  private final Disposal disposal;
  private final Map<RefId, OwnedValue> values = new HashMap<>();
  /** Those whose creating call has not come yet. */
  private final Set<RefId> unmade = new HashSet<>();
  private final Counts unmadeOf = new Counts();
  private final Grants grants = new Grants();
  private final Map<RefId, Boolean> released = new LinkedHashMap<>() {
    private static final long serialVersionUID = 1L;

    @Override
    protected boolean removeEldestEntry(Map.Entry<RefId, Boolean> eldest) {
      return size() > REMEMBERED;
    }
  };

  private List<Runnable> news = new ArrayList<>();

  OwnedValues(RefSetup setup, Sites sites, Disposal disposal) {
    this.setup = setup;
    this.sites = sites;
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

  /** Outstanding forks, those not sent yet and those that stand in for handles here that were closed included. */
  int forks() {
    return grants.total();
  }

  /** Of those of {@code incarnation} that were sent. */
  Tally tally(long incarnation) {
    return grants.tally(incarnation);
  }

  /** Those of them whose holder has heard of them, or will before what is sent to it from now on. */
  List<Fork> grantedTo(long incarnation) {
    return forksOf(incarnation).filter(fork -> !grants.isUnsent(fork.id())).toList();
  }

  private Stream<Fork> forksOf(long incarnation) {
    long self = setup.endpoint().self().incarnation();
    return values.values().stream().flatMap(value -> value.holders().entrySet().stream()
        .filter(held -> held.getValue().worker().incarnation() == incarnation)
        .map(held -> new Fork(value.id(), held.getKey(), self, self)));
  }

  /** Values whose creating call has not come yet. */
  long awaited() {
    return unmade.size();
  }

  /** Whether {@code creator} is to have a value made here, and has not been heard of it. */
  boolean waitsFor(long creator) {
    return unmadeOf.of(creator) > 0;
  }

  /** Whether {@code holder} has a fork, or is to have one. */
  boolean isHolder(long holder) {
    return grants.has(holder);
  }

  /** The call that makes it has come, or is not coming any more. */
  void markCreated(OwnedValue value) {
    value.markCreated();
    if (unmade.remove(value.id())) {
      unmadeOf.remove(value.id().creator());
    }
  }

  List<OwnedValue> all() {
    return List.copyOf(values.values());
  }

  Optional<OwnedValue> find(RefId id) {
    return Optional.ofNullable(values.get(id));
  }

  /** The value of that id, which may have to be made yet. */
  OwnedValue get(RefId id) {
    if (released.containsKey(id)) {
      throw released(id);
    }
    return values.computeIfAbsent(id, unknown -> {
      news.add(setup.listener()::refKept);
      unmade.add(id);
      unmadeOf.add(id.creator());
      return new OwnedValue(id, setup.context().promise(), sites.here());
    });
  }

  static RpcException released(RefId id) {
    return RpcException.of(RpcFailure.REF_RELEASED, "the value " + id + " was released");
  }

  /** Notes that {@code holder} has a fork that {@code parent} handed out. What is known already changes nothing. */
  void addHolder(OwnedValue value, ForkId fork, WorkerInfo holder, long parent) {
    Holder known = value.holders().get(fork);
    if (known == null) {
      note(value, fork, holder, parent);
      grants.add(holder.incarnation(), fork);
    } else {
      grants.sent(known.worker().incarnation(), fork);
    }
  }

  /** Notes that {@code holder} is to have a fork, as soon as it was {@link #sent}. */
  void addReceiver(OwnedValue value, ForkId fork, WorkerInfo holder) {
    note(value, fork, holder, setup.endpoint().self().incarnation());
    grants.addUnsent(holder.incarnation(), fork);
  }

  private void note(OwnedValue value, ForkId fork, WorkerInfo holder, long parent) {
    value.addHolder(fork, new Holder(holder, setup.timers().clock().nanoTime(),
        sites.path(holder, parent, value.holders().values()),
        parent == setup.endpoint().self().incarnation() ? sites.here() : null));
  }

  void sent(List<Fork> forks) {
    for (Fork fork : forks) {
      OwnedValue value = values.get(fork.ref());
      Holder holder = value == null ? null : value.holders().get(fork.id());
      if (holder != null) {
        grants.sent(holder.worker().incarnation(), fork.id());
      }
    }
  }

  void removeHolder(Fork fork) {
    OwnedValue value = values.get(fork.ref());
    if (value != null) {
      Holder holder = value.removeHolder(fork.id());
      if (holder != null) {
        grants.remove(holder.worker().incarnation(), fork.id());
      }
      freeIfUnused(value);
    }
  }

  void dropLocalHandle(OwnedValue value) {
    value.dropLocalHandle();
    freeIfUnused(value);
  }

  /** Drops what {@code incarnation} held. */
  void holderGone(long incarnation) {
    if (isHolder(incarnation)) {
      forksOf(incarnation).toList().forEach(this::removeHolder);
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
        markCreated(value);
        setup.context().runOnContext(later -> value.fail(RpcException.of(RpcFailure.OWNER_LOST,
            "the worker that was to have " + value.id() + " made is gone")));
        freeIfUnused(value);
      }
    }
  }

  /** The call that makes it will not come. */
  void notCreated(OwnedValue value) {
    markCreated(value);
    freeIfUnused(value);
  }

  private void freeIfUnused(OwnedValue value) {
    if (value.isUnused() && values.remove(value.id()) != null) {
      released.put(value.id(), true);
      news.add(() -> freed(value));
    }
  }

  private void freed(OwnedValue value) {
    setup.listener().refFreed();
    if (value.isOrphaned()) {
      setup.context().runOnContext(later -> value.giveUp());
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
    grants.clear();
    unmade.clear();
    unmadeOf.clear();
    released.clear();
    return forgotten;
  }
}
