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
  private final Tallies tallies = new Tallies();
  /** Forks that no link has been given yet. */
  private final Set<ForkId> unsent = new HashSet<>();
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

  /** Outstanding handles elsewhere. */
  int forks() {
    return tallies.total();
  }

  /** Of the outstanding handles of {@code incarnation}. */
  Tally tally(long incarnation) {
    return tallies.of(incarnation);
  }

  /** Those of them whose holder has heard of them, or will before what is sent to it from now on. */
  List<Fork> grantedTo(long incarnation) {
    return forksOf(incarnation).filter(fork -> !unsent.contains(fork.id())).toList();
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
    return unmade.stream().anyMatch(id -> id.creator() == creator);
  }

  /** The call that makes it has come, or is not coming any more. */
  void markCreated(OwnedValue value) {
    value.markCreated();
    unmade.remove(value.id());
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
      throw RpcException.of(RpcFailure.REF_RELEASED, "the value " + id + " was released");
    }
    return values.computeIfAbsent(id, unknown -> {
      news.add(setup.listener()::refKept);
      unmade.add(id);
      return new OwnedValue(id, setup.context().promise(), sites.here());
    });
  }

  /** Notes that {@code holder} has a fork that {@code parent} handed out. */
  void addHolder(OwnedValue value, ForkId fork, WorkerInfo holder, long parent) {
    Holder known = value.addHolder(fork, new Holder(holder, setup.timers().clock().nanoTime(),
        sites.path(holder, parent, value.holders().values()),
        parent == setup.endpoint().self().incarnation() ? sites.here() : null));
    if (known == null) {
      tallies.add(holder.incarnation(), fork);
    }
  }

  /** Notes that {@code holder} is to have a fork, as soon as it was {@link #sent}. */
  void addReceiver(OwnedValue value, ForkId fork, WorkerInfo holder) {
    unsent.add(fork);
    addHolder(value, fork, holder, setup.endpoint().self().incarnation());
  }

  void sent(List<Fork> forks) {
    forks.forEach(fork -> unsent.remove(fork.id()));
  }

  void removeHolder(Fork fork) {
    unsent.remove(fork.id());
    OwnedValue value = values.get(fork.ref());
    if (value != null) {
      Holder holder = value.removeHolder(fork.id());
      if (holder != null) {
        tallies.remove(holder.worker().incarnation(), fork.id());
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
    if (tallies.of(incarnation).count() > 0) {
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
    tallies.clear();
    unmade.clear();
    unsent.clear();
    released.clear();
    return forgotten;
  }
}
