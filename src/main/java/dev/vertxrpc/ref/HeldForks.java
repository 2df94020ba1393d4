package dev.vertxrpc.ref;

import dev.vertxrpc.RpcException;
import dev.vertxrpc.WorkerInfo;
import dev.vertxrpc.wire.Fork;
import dev.vertxrpc.wire.ForkId;
import dev.vertxrpc.wire.Tally;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/**
 * The handles that this worker holds to values of others, and the children it has made of them. Guarded
 * by the lock of {@link Tables}, which its callers hold.
 */
final class HeldForks {
  private record Child(HeldFork parent, long holder) {}

  private final Map<ForkId, HeldFork> held = new HashMap<>();
  private final Tallies tallies = new Tallies();
  private final Map<ForkId, Child> children = new HashMap<>();
  private final Counts childrenOf = new Counts();
  private final BiConsumer<WorkerInfo, Fork> release;

  /** {@code release} is told of every fork whose owner may be told. */
  HeldForks(BiConsumer<WorkerInfo, Fork> release) {
    this.release = release;
  }

  /** Whether it was not there before; one that comes twice changes nothing. */
  boolean add(HeldFork fork) {
    boolean isNew = held.putIfAbsent(fork.fork().id(), fork) == null;
    if (isNew) {
      tallies.add(fork.fork().owner(), fork.fork().id());
    }
    return isNew;
  }

  /** Whether it was there. */
  private boolean remove(HeldFork fork) {
    boolean wasHeld = held.remove(fork.fork().id(), fork);
    if (wasHeld) {
      tallies.remove(fork.fork().owner(), fork.fork().id());
    }
    return wasHeld;
  }

  /** Of those whose values {@code owner} keeps. */
  Tally tally(long owner) {
    return tallies.of(owner);
  }

  HeldFork find(ForkId id) {
    return held.get(id);
  }

  List<HeldFork> all() {
    return List.copyOf(held.values());
  }

  int size() {
    return held.size();
  }

  int children() {
    return children.size();
  }

  long pending() {
    return held.values().stream().filter(HeldFork::isPending).count();
  }

  boolean isEmpty() {
    return held.isEmpty() && children.isEmpty();
  }

  /** Whether a child of {@code holder} is undecided. */
  boolean waitsFor(long holder) {
    return childrenOf.of(holder) > 0;
  }

  void addChild(HeldFork parent, ForkId child, long holder) {
    parent.addChild();
    children.put(child, new Child(parent, holder));
    childrenOf.add(holder);
  }

  void dropChild(ForkId id) {
    Child child = children.remove(id);
    if (child != null) {
      childrenOf.remove(child.holder());
      child.parent().dropChild();
      releaseIfDone(child.parent());
    }
  }

  /** After a change of state: tells the owner, or forgets a fork that is of no use. */
  void releaseIfDone(HeldFork fork) {
    if (fork.isReleasable() && remove(fork)) {
      release.accept(fork.owner(), fork.fork());
    } else if (fork.failure() != null) {
      remove(fork);
    }
  }

  void childrenGone(long holder) {
    List<ForkId> gone = new ArrayList<>();
    children.forEach((id, child) -> {
      if (child.holder() == holder) {
        gone.add(id);
      }
    });
    gone.forEach(this::dropChild);
  }

  /** Those whose values {@code owner} keeps. */
  List<HeldFork> of(WorkerInfo owner) {
    return held.values().stream().filter(fork -> owner.equals(fork.owner())).toList();
  }

  void fail(Collection<HeldFork> forks, RpcException why) {
    forks.forEach(fork -> {
      fork.fail(why);
      remove(fork);
    });
    // Nothing waits for the children of a fork that is of no use any more.
    if (forks.stream().anyMatch(fork -> fork.children() > 0)) {
      children.values().removeIf(child -> {
        boolean isOfNoUse = child.parent().failure() != null;
        if (isOfNoUse) {
          childrenOf.remove(child.holder());
        }
        return isOfNoUse;
      });
    }
  }

  void clear() {
    held.clear();
    tallies.clear();
    children.clear();
    childrenOf.clear();
  }
}
