package dev.vertxrpc.ref;

import dev.vertxrpc.CallOptions;
import dev.vertxrpc.RRef;
import dev.vertxrpc.RpcException;
import dev.vertxrpc.RpcFailure;
import dev.vertxrpc.RpcListener;
import dev.vertxrpc.WorkerInfo;
import dev.vertxrpc.call.ArgumentGate;
import dev.vertxrpc.call.Calls;
import dev.vertxrpc.call.MethodReference;
import dev.vertxrpc.call.Receivers;
import dev.vertxrpc.wire.Endpoint;
import dev.vertxrpc.wire.Fork;
import dev.vertxrpc.wire.ForkId;
import dev.vertxrpc.wire.Frame;
import dev.vertxrpc.wire.FrameType;
import dev.vertxrpc.wire.RefId;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongFunction;

/**
 * The references of one worker: the values that it keeps for others, and its handles to theirs. The
 * protocol is in {@code docs/protocol.md}. Frames are taken on the worker's context, while handles are
 * made, handed out and closed on any thread: one lock guards the tables, nothing foreign is called under
 * it, and Futures complete outside. Thread-safe.
 */
public final class Refs implements Receivers, ArgumentGate {
  private final Object lock = new Object();
  private final ContextInternal context;
  private final Endpoint endpoint;
  private final Calls calls;
  private final LongFunction<Optional<WorkerInfo>> members;
  private final OwnedValues owned;
  private final HeldForks held = new HeldForks(this::queueRelease);
  private final Map<WorkerInfo, List<Fork>> releases = new HashMap<>();
  private final AtomicLong numbers = new AtomicLong();

  public Refs(ContextInternal context, Endpoint endpoint, Calls calls, RpcListener listener,
              LongFunction<Optional<WorkerInfo>> members) {
    this.context = context;
    this.endpoint = endpoint;
    this.calls = calls;
    this.members = members;
    this.owned = new OwnedValues(context, listener);
    endpoint.receive(FrameType.REGISTER, this::onRegister);
    endpoint.receive(FrameType.REGISTERED, this::onRegistered);
    endpoint.receive(FrameType.ACCEPT, this::onAccept);
    endpoint.receive(FrameType.RELEASE, this::onRelease);
    endpoint.onLoss(this::onGone);
    endpoint.ledger((from, forks) -> admit(forks, from).discard());
  }

  /** A handle to a value of this worker's own. */
  public <T> RRef<T> own(T value) {
    RefId id = newRefId();
    OwnedValue kept;
    synchronized (lock) {
      kept = owned.get(id);
      kept.markCreated();
      kept.addLocalHandle();
    }
    Class<?> type = value == null ? Void.class : value.getClass();
    kept.complete(value, type);
    return Reference.to(new OwnerHandle(this, kept), type);
  }

  /** Has {@code to} run a function, or a method of what it keeps as {@code target}, and keep the result. */
  public <R> RRef<R> remote(WorkerInfo to, MethodReference function, Optional<RefId> target, Object[] arguments,
                            CallOptions options) {
    Fork fork = new Fork(newRefId(), newForkId(), to.incarnation(), self().incarnation());
    return to.equals(self()) ? remoteHere(fork, function, target, arguments, options)
        : remoteThere(to, fork, function, target, arguments, options);
  }

  private <R> RRef<R> remoteHere(Fork fork, MethodReference function, Optional<RefId> target, Object[] arguments,
                                 CallOptions options) {
    OwnedValue value;
    synchronized (lock) {
      value = owned.get(fork.ref());
      value.addLocalHandle();
    }
    try {
      calls.remote(self(), function, target, fork, arguments, options);
    } catch (RpcException unsent) {
      value.fail(unsent);
    }
    return Reference.to(new OwnerHandle(this, value), function.resultType());
  }

  private <R> RRef<R> remoteThere(WorkerInfo to, Fork fork, MethodReference function, Optional<RefId> target,
                                  Object[] arguments, CallOptions options) {
    HeldFork mine = HeldFork.created(fork, to, context.promise());
    synchronized (lock) {
      held.add(mine);
    }
    try {
      calls.remote(to, function, target, fork, arguments, options);
    } catch (RpcException unsent) {
      failForks(List.of(mine), unsent);
    }
    return Reference.to(new UserHandle(this, mine), function.resultType());
  }

  /** A reference that never came to be, because nobody could be asked to make its value. */
  public <R> RRef<R> failed(MethodReference function, RpcException why) {
    Fork none = new Fork(newRefId(), newForkId(), 0, self().incarnation());
    return Reference.to(new UserHandle(this, failedFork(none, why.worker().orElse(null), why)),
        function.resultType());
  }

  // ---- values that leave and arrive

  @Override
  public List<Fork> handOut(List<RRef<?>> refs, WorkerInfo to) {
    synchronized (lock) {
      List<Handle> handles = refs.stream().map(this::mine).toList();
      // All are good: from here on nothing is refused, so that none is handed out without the others.
      return handles.stream().map(handle -> mint(handle, to)).toList();
    }
  }

  private Handle mine(RRef<?> ref) {
    if (!(ref instanceof Reference<?> reference) || reference.handle().refs() != this) {
      throw RpcException.of(RpcFailure.CODEC, ref + " is another worker's: a reference travels with the calls "
          + "of the worker that holds it");
    }
    reference.handle().check();
    return reference.handle();
  }

  private Fork mint(Handle handle, WorkerInfo to) {
    if (handle instanceof OwnerHandle own) {
      Fork fork = new Fork(own.value().id(), newForkId(), self().incarnation(), self().incarnation());
      owned.addHolder(own.value(), fork.id(), to.incarnation());
      return fork;
    }
    HeldFork parent = ((UserHandle) handle).fork();
    Fork fork = new Fork(parent.fork().ref(), newForkId(), parent.fork().owner(), self().incarnation());
    held.addChild(parent, fork.id(), to.incarnation());
    return fork;
  }

  @Override
  public void takeBack(List<Fork> forks) {
    synchronized (lock) {
      for (Fork fork : forks) {
        if (fork.owner() == self().incarnation()) {
          owned.removeHolder(fork);
        } else {
          held.dropChild(fork.id());
        }
      }
    }
  }

  @Override
  public Arrival admit(List<Fork> forks, WorkerInfo from) {
    return forks.isEmpty() ? Arrived.NONE : new Arrived(forks.stream().map(fork -> admit(fork, from)).toList());
  }

  private Handle admit(Fork fork, WorkerInfo from) {
    return fork.owner() == self().incarnation() ? comeHome(fork, from) : receive(fork, from);
  }

  private Handle comeHome(Fork fork, WorkerInfo from) {
    OwnedValue value;
    try {
      synchronized (lock) {
        value = owned.get(fork.ref());
        value.addLocalHandle();
        // One that I handed out myself: it has become the local handle.
        owned.removeHolder(fork);
      }
    } catch (RpcException released) {
      return new UserHandle(this, failedFork(fork, self(), released));
    }
    if (fork.parent() != self().incarnation()) {
      endpoint.send(from, new Frame.Accept(fork.id()));
    }
    return new OwnerHandle(this, value);
  }

  private Handle receive(Fork fork, WorkerInfo from) {
    Optional<WorkerInfo> owner = members.apply(fork.owner());
    if (owner.isEmpty()) {
      endpoint.send(from, new Frame.Accept(fork.id()));
      return new UserHandle(this, failedFork(fork, null, RpcException.of(RpcFailure.OWNER_LOST,
          "the worker that keeps " + fork.ref() + " is not in the group")));
    }
    HeldFork mine = HeldFork.received(fork, owner.get(), context.promise());
    boolean fromOwner = fork.parent() == fork.owner();
    synchronized (lock) {
      held.add(mine);
      if (fromOwner) {
        mine.confirm();
      }
    }
    if (fromOwner) {
      mine.confirmed().complete();
    } else if (!endpoint.send(owner.get(), new Frame.Register(fork))) {
      failForks(List.of(mine), ownerLost(owner.get(), "it is gone"));
    }
    return new UserHandle(this, mine);
  }

  private HeldFork failedFork(Fork fork, WorkerInfo owner, RpcException why) {
    HeldFork failed = HeldFork.received(fork, owner, context.promise());
    failed.fail(why);
    failed.confirmed().fail(why);
    return failed;
  }

  // ---- the owner's side

  @Override
  public Receiver find(RefId ref) {
    synchronized (lock) {
      return owned.get(ref);
    }
  }

  @Override
  public Kept keep(Fork fork, WorkerInfo creator) {
    OwnedValue value;
    synchronized (lock) {
      value = owned.get(fork.ref());
      value.markCreated();
      if (!creator.equals(self())) {
        owned.addHolder(value, fork.id(), creator.incarnation());
      }
    }
    if (!creator.equals(self())) {
      endpoint.send(creator, new Frame.Registered(fork.id(), Optional.empty()));
    }
    return value;
  }

  private void onRegister(WorkerInfo from, Frame.Register register) {
    Optional<String> refusal = Optional.empty();
    synchronized (lock) {
      try {
        owned.addHolder(owned.get(register.fork().ref()), register.fork().id(), from.incarnation());
      } catch (RpcException released) {
        refusal = Optional.of(released.getMessage());
      }
    }
    endpoint.send(from, new Frame.Registered(register.fork().id(), refusal));
  }

  private void onRelease(WorkerInfo from, Frame.Release release) {
    synchronized (lock) {
      release.released().forEach(owned::removeHolder);
    }
  }

  // ---- the holder's side

  private void onRegistered(WorkerInfo from, Frame.Registered registered) {
    HeldFork fork;
    synchronized (lock) {
      fork = held.find(registered.fork());
      if (fork == null || !fork.isPending()) {
        return;
      }
      if (registered.refusal().isPresent()) {
        fork.fail(RpcException.of(RpcFailure.REF_RELEASED, registered.refusal().get()).at(from));
      } else {
        fork.confirm();
      }
      held.releaseIfDone(fork);
    }
    acceptFrom(fork);
    settle(fork);
  }

  /** Tells the worker that handed it to us, if it was not the owner, that it need not wait for us. */
  private void acceptFrom(HeldFork fork) {
    if (fork.isReceived()) {
      members.apply(fork.fork().parent())
          .ifPresent(parent -> endpoint.send(parent, new Frame.Accept(fork.fork().id())));
    }
  }

  private void onAccept(WorkerInfo from, Frame.Accept accept) {
    synchronized (lock) {
      held.dropChild(accept.fork());
    }
  }

  private void onGone(WorkerInfo peer, RpcFailure reason, String message) {
    List<HeldFork> orphans;
    synchronized (lock) {
      owned.holderGone(peer.incarnation());
      held.childrenGone(peer.incarnation());
      orphans = held.fail(fork -> peer.equals(fork.owner()), ownerLost(peer, message));
    }
    orphans.forEach(this::acceptFrom);
    orphans.forEach(this::settle);
  }

  private static RpcException ownerLost(WorkerInfo owner, String message) {
    return RpcException.of(RpcFailure.OWNER_LOST, owner + ", which kept the value: " + message).at(owner);
  }

  private void failForks(List<HeldFork> forks, RpcException why) {
    synchronized (lock) {
      held.fail(forks::contains, why);
    }
    forks.forEach(this::acceptFrom);
    forks.forEach(this::settle);
  }

  private void settle(HeldFork fork) {
    if (fork.failure() == null) {
      fork.confirmed().tryComplete();
    } else {
      fork.confirmed().tryFail(fork.failure());
    }
  }

  // ---- release

  void close(OwnerHandle handle) {
    synchronized (lock) {
      owned.dropLocalHandle(handle.value());
    }
  }

  void close(HeldFork fork) {
    synchronized (lock) {
      if (!fork.isClosed()) {
        fork.close();
        held.releaseIfDone(fork);
      }
    }
  }

  /** One frame a turn and owner. It goes out behind the calls that were made before. */
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
    batch.forEach((owner, forks) -> endpoint.send(owner, new Frame.Release(forks)));
  }

  /** Closes every handle that is still open. */
  public void releaseAll() {
    synchronized (lock) {
      held.all().forEach(fork -> {
        fork.close();
        held.releaseIfDone(fork);
      });
    }
  }

  /** Whether, on top of {@link #holdsNothing()}, nothing that is kept here is held elsewhere. */
  public boolean isSettled() {
    synchronized (lock) {
      return holdsNothing() && owned.forks() == 0;
    }
  }

  /** Whether no handle is held here, none is on its way, and no release either. */
  public boolean holdsNothing() {
    synchronized (lock) {
      return held.isEmpty() && releases.isEmpty();
    }
  }

  /** Forgets everything; the worker is gone. */
  public void clear() {
    List<HeldFork> orphans;
    synchronized (lock) {
      orphans = held.fail(fork -> true, RpcException.of(RpcFailure.NOT_JOINED, self().name() + " left its group"));
      held.clear();
      owned.clear();
      releases.clear();
    }
    orphans.forEach(this::settle);
  }

  /** The figures of both tables. */
  public JsonObject debugInfo() {
    synchronized (lock) {
      return new JsonObject().put("owners", owned.shared()).put("forks", owned.forks())
          .put("users", held.size()).put("pendingUsers", held.pending())
          .put("pendingChildren", held.children());
    }
  }

  // ---- for the handles

  WorkerInfo self() {
    return endpoint.self();
  }

  Calls calls() {
    return calls;
  }

  <T> Future<T> failed(RpcException why) {
    return callerContext().failedFuture(why);
  }

  <T> Future<T> onCaller(Future<T> future) {
    Promise<T> promise = callerContext().promise();
    future.onComplete(promise);
    return promise.future();
  }

  <T> Future<T> onCaller(Future<T> future, CallOptions options) {
    Duration limit = options.timeout().orElse(Duration.ZERO);
    return limit.isZero() ? onCaller(future) : onCaller(future).timeout(limit.toMillis(), TimeUnit.MILLISECONDS);
  }

  private ContextInternal callerContext() {
    return context.owner().getOrCreateContext();
  }

  private RefId newRefId() {
    return new RefId(self().incarnation(), numbers.incrementAndGet());
  }

  private ForkId newForkId() {
    return new ForkId(self().incarnation(), numbers.incrementAndGet());
  }
}
