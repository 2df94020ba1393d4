package dev.vertxrpc.ref;

import dev.vertxrpc.RRef;
import dev.vertxrpc.RpcException;
import dev.vertxrpc.RpcFailure;
import dev.vertxrpc.WorkerInfo;
import dev.vertxrpc.call.ArgumentGate;
import dev.vertxrpc.wire.Fork;
import dev.vertxrpc.wire.ForkLedger;
import java.util.List;
import java.util.Optional;

/**
 * How handles leave and arrive with frames. One that leaves becomes a fork, which its owner knows at once
 * where that is this worker; otherwise the handle is its parent, and waits for word of it. One that arrives
 * becomes a handle of this worker's own. Thread-safe.
 */
final class Passage implements ArgumentGate, ForkLedger {
  private final Refs refs;
  private final RefSetup setup;
  private final Sites sites;
  private final Tables tables;
  private final Protocol protocol;

  Passage(Refs refs, RefSetup setup, Sites sites, Tables tables, Protocol protocol) {
    this.refs = refs;
    this.setup = setup;
    this.sites = sites;
    this.tables = tables;
    this.protocol = protocol;
  }

  private WorkerInfo self() {
    return setup.endpoint().self();
  }

  private long now() {
    return setup.timers().clock().nanoTime();
  }

  // ---- out

  @Override
  public List<Fork> handOut(List<RRef<?>> leaving, WorkerInfo to) {
    return tables.add(() -> {
      List<Handle> handles = leaving.stream().map(this::mine).toList();
      // All are good: from here on nothing is refused, so that none is handed out without the others.
      List<Fork> forks = handles.stream().map(this::mint).toList();
      try {
        for (int i = 0; i < forks.size(); i++) {
          note(handles.get(i), forks.get(i), to);
        }
      } catch (Throwable broken) {
        // For want of memory, say.
        takeBack(forks);
        throw broken;
      }
      return forks;
    });
  }

  private Handle mine(RRef<?> ref) {
    if (!(ref instanceof Reference<?> reference) || reference.handle().refs() != refs) {
      throw RpcException.of(RpcFailure.CODEC, ref + " is another worker's: a reference travels with the calls "
          + "of the worker that holds it");
    }
    reference.handle().check();
    return reference.handle();
  }

  private Fork mint(Handle handle) {
    if (handle instanceof OwnerHandle own) {
      return new Fork(own.value().id(), tables.newForkId(), self().incarnation(), self().incarnation());
    }
    Fork parent = ((UserHandle) handle).fork().fork();
    return new Fork(parent.ref(), tables.newForkId(), parent.owner(), self().incarnation());
  }

  private void note(Handle handle, Fork fork, WorkerInfo to) {
    if (handle instanceof OwnerHandle own) {
      tables.owned().addReceiver(own.value(), fork.id(), to);
    } else {
      tables.held().addChild(((UserHandle) handle).fork(), fork.id(), to.incarnation());
    }
  }

  @Override
  public void takeBack(List<Fork> forks) {
    tables.change(() -> {
      for (Fork fork : forks) {
        if (fork.owner() == self().incarnation()) {
          tables.owned().removeHolder(fork);
        } else {
          tables.held().dropChild(fork.id());
        }
      }
    });
  }

  @Override
  public void departed(List<Fork> forks) {
    tables.change(() -> tables.owned().sent(forks));
  }

  @Override
  public void arrived(List<Fork> forks) {
    departed(forks);
  }

  // ---- in

  @Override
  public void settle(WorkerInfo from, List<Fork> forks) {
    admit(forks, from).discard();
  }

  @Override
  public Arrival admit(List<Fork> forks, WorkerInfo from) {
    return forks.isEmpty() ? Arrived.NONE : new Arrived(forks.stream().map(fork -> admit(fork, from)).toList());
  }

  private Handle admit(Fork fork, WorkerInfo from) {
    return fork.owner() == self().incarnation() ? comeHome(fork) : receive(fork, from);
  }

  private Handle comeHome(Fork fork) {
    if (fork.parent() != self().incarnation()) {
      // What comes home is held here from now on, or was released: either way the parent may go.
      protocol.accept(fork);
    }
    try {
      return new OwnerHandle(refs, tables.add(() -> {
        OwnedValue value = protocol.known(fork.ref());
        value.addLocalHandle();
        // One that I handed out myself: it has become the local handle.
        tables.owned().removeHolder(fork);
        return value;
      }));
    } catch (RpcException refused) {
      return failed(fork, self(), refused);
    }
  }

  private Handle receive(Fork fork, WorkerInfo from) {
    Optional<WorkerInfo> owner = setup.members().apply(fork.owner());
    if (owner.isEmpty()) {
      protocol.accept(fork);
      return failed(fork, null, RpcException.of(RpcFailure.OWNER_LOST,
          "the worker that keeps " + fork.ref() + " is not in the group"));
    }
    HeldFork mine = HeldFork.received(fork, owner.get(), setup.context().promise(), now(), sites.from(from));
    boolean fromOwner = fork.parent() == fork.owner();
    try {
      tables.add(() -> {
        if (!tables.held().add(mine)) {
          throw RpcException.of(RpcFailure.PROTOCOL, "the fork " + fork.id() + " of " + fork.ref()
              + " came twice, now from " + from + "; use the handle that came first");
        }
        if (fromOwner) {
          mine.confirm();
        }
      });
    } catch (RpcException refused) {
      return failed(fork, owner.get(), refused);
    }
    if (fromOwner) {
      mine.confirmed().complete();
    } else {
      protocol.register(mine);
    }
    return new UserHandle(refs, mine);
  }

  /** A handle that is of no use from the start. */
  UserHandle failed(Fork fork, WorkerInfo owner, RpcException why) {
    HeldFork failed = HeldFork.received(fork, owner, setup.context().promise(), now(), null);
    failed.fail(why);
    failed.confirmed().fail(why);
    return new UserHandle(refs, failed);
  }
}
