package dev.vertxrpc.ref;

import dev.vertxrpc.RpcException;
import dev.vertxrpc.WorkerInfo;
import dev.vertxrpc.wire.Endpoint;
import dev.vertxrpc.wire.Fork;
import dev.vertxrpc.wire.ForkId;
import dev.vertxrpc.wire.RefFrame;
import dev.vertxrpc.wire.RefId;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/**
 * What one worker knows of references: the values that it keeps, the handles that it holds, the releases
 * that it has not sent yet, and the numbers of new ones. {@link #owned()} and {@link #held()} are used under
 * the lock, beneath which nothing foreign is called: by {@link #change} and {@link #add}. The other methods are
 * thread-safe.
 */
final class Tables {
  private final Object lock = new Object();
  private final ContextInternal context;
  private final Endpoint endpoint;
  private final OwnedValues owned;
  private final HeldForks held = new HeldForks(this::queueRelease);
  private final Map<WorkerInfo, List<Fork>> releases = new HashMap<>();
  private final AtomicLong numbers = new AtomicLong();
  /** Why nothing is kept or held here any more; null until the worker ends. */
  private RpcException ended;

  /** What there was at the end. */
  record Forgotten(List<HeldFork> handles, List<OwnedValue> values) {}

  Tables(RefSetup setup, Sites sites, Disposal disposal) {
    this.context = setup.context();
    this.endpoint = setup.endpoint();
    this.owned = new OwnedValues(setup, sites, disposal);
  }

  /** Makes a change under the lock, and then tells without it of what came of it. */
  <T> T change(Supplier<T> change) {
    try {
      synchronized (lock) {
        return change.get();
      }
    } finally {
      tell();
    }
  }

  /**
   * The same for what is kept or held from then on.
   *
   * @throws RpcException NOT_JOINED once the worker has ended, where it would be so for ever
   */
  <T> T add(Supplier<T> addition) {
    return change(() -> {
      if (ended != null) {
        throw ended;
      }
      return addition.get();
    });
  }

  void add(Runnable addition) {
    add(() -> {
      addition.run();
      return null;
    });
  }

  /** Looks at something under the lock. */
  <T> T read(Supplier<T> look) {
    synchronized (lock) {
      return look.get();
    }
  }

  void change(Runnable change) {
    change(() -> {
      change.run();
      return null;
    });
  }

  // Where a change is part of another, that one tells.
  private void tell() {
    if (!Thread.holdsLock(lock)) {
      List<Runnable> news;
      synchronized (lock) {
        news = owned.takeNews();
      }
      news.forEach(Runnable::run);
    }
  }

  OwnedValues owned() {
    return owned;
  }

  HeldForks held() {
    return held;
  }

  RefId newRefId() {
    return new RefId(endpoint.self().incarnation(), numbers.incrementAndGet());
  }

  ForkId newForkId() {
    return new ForkId(endpoint.self().incarnation(), numbers.incrementAndGet());
  }

  /**
   * A local handle goes the way of the others, by a release behind the calls that were made through it: until
   * that arrives, a fork of this worker's own stands in for it.
   */
  void close(OwnedValue value) {
    WorkerInfo self = endpoint.self();
    Fork fork = new Fork(value.id(), newForkId(), self.incarnation(), self.incarnation());
    change(() -> {
      if (owned.find(value.id()).isPresent()) {
        owned.addHolder(value, fork.id(), self, self.incarnation());
        owned.dropLocalHandle(value);
        queueRelease(self, fork);
      }
    });
  }

  void close(HeldFork fork) {
    synchronized (lock) {
      if (!fork.isClosed()) {
        fork.close();
        held.releaseIfDone(fork);
      }
    }
  }

  void closeAll() {
    synchronized (lock) {
      held.all().forEach(this::close);
    }
  }

  /** Releases what this worker does not have, although {@code owner} says so. */
  void disown(WorkerInfo owner, List<Fork> forks) {
    change(() -> forks.forEach(fork -> queueRelease(owner, fork)));
  }

  /** One frame a turn and owner, unless there are very many. It goes out behind the calls that were made before. */
  private void queueRelease(WorkerInfo owner, Fork fork) {
    if (releases.isEmpty()) {
      context.runOnContext(turn -> sendReleases());
    }
    releases.computeIfAbsent(owner, first -> new ArrayList<>()).add(fork);
  }

  private void sendReleases() {
    Map<WorkerInfo, List<Fork>> batch;
    synchronized (lock) {
      batch = Map.copyOf(releases);
      releases.clear();
    }
    batch.forEach((owner, forks) ->
        Portions.of(forks).forEach(portion -> endpoint.send(owner, new RefFrame.Release(portion))));
  }

  /** Whether, on top of {@link #holdsNothing()}, nothing that is kept here is held elsewhere. */
  boolean isSettled() {
    synchronized (lock) {
      return holdsNothing() && owned.forks() == 0;
    }
  }

  /** Whether no handle to a value of another is held here, and no release on its way, one of a handle here included. */
  boolean holdsNothing() {
    synchronized (lock) {
      return held.isEmpty() && releases.isEmpty() && owned.tally(endpoint.self().incarnation()).count() == 0;
    }
  }

  /** Whether a release waits for what {@code peer} has to say: of its value, or of a handle that it was given. */
  boolean awaits(WorkerInfo peer) {
    synchronized (lock) {
      return releases.containsKey(peer) || held.waitsFor(peer.incarnation())
          || held.all().stream().anyMatch(fork -> fork.owner().equals(peer));
    }
  }

  /** The worker has ended: fails every handle and forgets everything, in one change, behind which nothing is added. */
  Forgotten end(RpcException why) {
    return change(() -> {
      ended = why;
      List<HeldFork> handles = held.all();
      held.fail(handles, why);
      held.clear();
      releases.clear();
      return new Forgotten(handles, owned.clear());
    });
  }

  JsonObject debugInfo() {
    synchronized (lock) {
      return new JsonObject().put("owners", owned.shared()).put("forks", owned.forks())
          .put("users", held.size()).put("confirmedUsers", held.size() - held.pending())
          .put("pendingUsers", held.pending()).put("pendingChildren", held.children())
          .put("pendingOwners", owned.awaited())
          .put("pendingReleases", releases.values().stream().mapToInt(List::size).sum());
    }
  }
}
