package dev.vertxrpc.ref;

import dev.vertxrpc.RpcException;
import dev.vertxrpc.RpcFailure;
import dev.vertxrpc.WorkerInfo;
import dev.vertxrpc.call.Receivers;
import dev.vertxrpc.wire.Endpoint;
import dev.vertxrpc.wire.Fork;
import dev.vertxrpc.wire.FrameType;
import dev.vertxrpc.wire.RefFrame;
import dev.vertxrpc.wire.RefId;
import java.util.List;
import java.util.Optional;
import java.util.function.LongFunction;
import java.util.function.Supplier;

/**
 * What owners, holders and parents of handles say to each other. A holder registers with the owner, which
 * answers; then the holder tells the parent, which may go from now on; a holder that closes releases. What a
 * lost peer kept is lost at once; that it has released all that it held is taken for granted a while later.
 * Frames are taken on the worker's context, the rest is called by any thread: Futures complete outside the
 * lock. Thread-safe.
 */
final class Protocol implements Receivers {
  private final Endpoint endpoint;
  private final Tables tables;
  private final LongFunction<Optional<WorkerInfo>> members;
  private final Linger linger;
  private final Disposal disposal;

  Protocol(RefSetup setup, Tables tables, Disposal disposal) {
    this.endpoint = setup.endpoint();
    this.tables = tables;
    this.members = setup.members();
    this.disposal = disposal;
    this.linger = new Linger(setup.timers(), setup.options().linger(), this::forget);
  }

  void connect() {
    endpoint.receive(FrameType.REGISTER, this::onRegister);
    endpoint.receive(FrameType.REGISTERED, this::onRegistered);
    endpoint.receive(FrameType.ACCEPT, this::onAccept);
    endpoint.receive(FrameType.RELEASE, this::onRelease);
    endpoint.onLoss(this::onGone);
  }

  private WorkerInfo self() {
    return endpoint.self();
  }

  // ---- the owner's side

  @Override
  public Receiver find(RefId ref) {
    return new Use(tables.add(() -> {
      OwnedValue value = known(ref);
      value.addLocalHandle();
      return value;
    }), tables);
  }

  /** The value of that id, which may have to be made yet, unless nobody is left who would have it made; in a change. */
  OwnedValue known(RefId ref) {
    if (tables.owned().find(ref).isEmpty()) {
      if (ref.creator() == self().incarnation()) {
        // It was here before anybody could hear of it.
        throw OwnedValues.released(ref);
      }
      if (endpoint.isGone(ref.creator())) {
        throw RpcException.of(RpcFailure.REF_RELEASED, "the worker that was to have the value " + ref
            + " made is gone");
      }
    }
    return tables.owned().get(ref);
  }

  @Override
  public Kept keep(Fork fork, WorkerInfo creator) {
    OwnedValue value;
    try {
      value = tables.add(() -> {
        OwnedValue wanted = tables.owned().get(fork.ref());
        tables.owned().markCreated(wanted);
        if (!creator.equals(self())) {
          tables.owned().addHolder(wanted, fork.id(), creator, fork.parent());
        }
        return wanted;
      });
    } catch (RpcException refused) {
      endpoint.send(creator, new RefFrame.Registered(fork.id(), Optional.of(refused.getMessage())));
      throw refused;
    }
    if (!creator.equals(self())) {
      endpoint.send(creator, new RefFrame.Registered(fork.id(), Optional.empty()));
    }
    return new Making(value, tables, disposal);
  }

  private void onRegister(WorkerInfo from, RefFrame.Register register) {
    Optional<String> refusal = Optional.empty();
    try {
      tables.add(() -> tables.owned().addHolder(known(register.fork().ref()), register.fork().id(), from,
          register.fork().parent()));
    } catch (RpcException refused) {
      refusal = Optional.of(refused.getMessage());
    }
    endpoint.send(from, new RefFrame.Registered(register.fork().id(), refusal));
  }

  private void onRelease(WorkerInfo from, RefFrame.Release release) {
    tables.change(() -> release.released().forEach(tables.owned()::removeHolder));
  }

  // ---- the holder's side

  /** Makes a handle that another holder handed out known to its owner. */
  void register(HeldFork fork) {
    if (!endpoint.send(fork.owner(), new RefFrame.Register(fork.fork()))) {
      fail(fork, ownerLost(fork.owner(), "it is gone"));
    }
  }

  private void onRegistered(WorkerInfo from, RefFrame.Registered registered) {
    HeldFork settled = tables.change(() -> {
      HeldFork fork = tables.held().find(registered.fork());
      boolean isNews = fork != null && (fork.isPending() || registered.refusal().isPresent());
      if (!isNews) {
        return null;
      }
      if (registered.refusal().isPresent()) {
        fork.fail(RpcException.of(RpcFailure.REF_RELEASED, registered.refusal().get()).at(from));
      } else {
        fork.confirm();
      }
      tables.held().releaseIfDone(fork);
      return fork;
    });
    if (settled != null) {
      settle(settled);
    }
  }

  /** Fails a handle to a value that never came to be, or cannot be reached. */
  void fail(HeldFork fork, RpcException why) {
    fail(() -> tables.held().find(fork.fork().id()) == fork ? List.of(fork) : List.of(), why).forEach(this::settle);
  }

  private List<HeldFork> fail(Supplier<List<HeldFork>> which, RpcException why) {
    return tables.change(() -> {
      List<HeldFork> forks = which.get();
      tables.held().fail(forks, why);
      return forks;
    });
  }

  // The parent, where it was not the owner, need not wait for us any more, whichever way it went.
  private void settle(HeldFork fork) {
    if (fork.isReceived()) {
      accept(fork.fork());
    }
    tell(fork);
  }

  private static void tell(HeldFork fork) {
    if (fork.failure() == null) {
      fork.confirmed().tryComplete();
    } else {
      fork.confirmed().tryFail(fork.failure());
    }
  }

  // ---- the parent's side

  /** Tells whoever handed it out, which need not be whoever passed it on, that it need not wait for it any more. */
  void accept(Fork fork) {
    members.apply(fork.parent()).ifPresent(parent -> endpoint.send(parent, new RefFrame.Accept(fork.id())));
  }

  private void onAccept(WorkerInfo from, RefFrame.Accept accept) {
    tables.change(() -> tables.held().dropChild(accept.fork()));
  }

  // ---- loss, and the end

  private void onGone(WorkerInfo peer, RpcFailure reason, String message) {
    tables.change(() -> tables.owned().creatorGone(peer.incarnation()));
    linger.begin(peer.incarnation());
    fail(() -> tables.held().of(peer), ownerLost(peer, message)).forEach(this::settle);
  }

  private void forget(long incarnation) {
    tables.change(() -> {
      tables.owned().holderGone(incarnation);
      tables.held().childrenGone(incarnation);
    });
  }

  void dropGone() {
    linger.cutShort();
  }

  private static RpcException ownerLost(WorkerInfo owner, String message) {
    return RpcException.of(RpcFailure.OWNER_LOST, owner + ", which kept the value: " + message).at(owner);
  }

  /** Fails every handle and forgets everything; the worker is gone. */
  void end() {
    linger.end();
    RpcException left = RpcException.of(RpcFailure.NOT_JOINED, self().name() + " left its group");
    Tables.Forgotten forgotten = tables.end(left);
    forgotten.handles().forEach(Protocol::tell);
    forgotten.values().forEach(value -> value.fail(left));
  }
}
