package dev.vertxrpc.ref;

import dev.vertxrpc.CallOptions;
import dev.vertxrpc.RRef;
import dev.vertxrpc.RpcException;
import dev.vertxrpc.RpcFailure;
import dev.vertxrpc.WorkerInfo;
import dev.vertxrpc.call.ArgumentGate;
import dev.vertxrpc.call.CallerContext;
import dev.vertxrpc.call.Calls;
import dev.vertxrpc.call.Creation;
import dev.vertxrpc.call.Receivers;
import dev.vertxrpc.function.Interfaces;
import dev.vertxrpc.function.MethodReference;
import dev.vertxrpc.wire.Fork;
import dev.vertxrpc.wire.ObjectId;
import dev.vertxrpc.wire.RefId;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The references of one worker: the values that it keeps for others, and its handles to theirs. They are
 * made here; {@link Passage} has them leave and arrive, {@link Protocol} keeps the others informed, both over
 * the same {@link Tables}. How is in {@code docs/protocol.md}. Thread-safe.
 */
public final class Refs implements Receivers, ArgumentGate {
  private static final Logger LOG = LoggerFactory.getLogger(Refs.class);

  private final RefSetup setup;
  private final Disposal disposal;
  private final Sites sites;
  private final Tables tables;
  private final Protocol protocol;
  private final Passage passage;
  private final Listing listing;

  public Refs(RefSetup setup) {
    this.setup = setup;
    this.disposal = new Disposal(setup.endpoint().self().name(), setup.options().closeReleased(), setup.executor(),
        setup.objects());
    this.sites = new Sites(setup);
    this.tables = new Tables(setup, sites, disposal);
    this.protocol = new Protocol(setup, tables, disposal);
    this.passage = new Passage(this, setup, sites, tables, protocol);
    this.listing = new Listing(setup, sites, tables);
    protocol.connect();
    new Recounting(setup.endpoint(), tables).connect();
    setup.endpoint().ledger(passage);
  }

  /**
   * A handle to a value of this worker's own, on which may be called what is exposed.
   *
   * @throws RpcException NOT_JOINED once the worker has left
   */
  public <T> RRef<T> own(T value) {
    return own(newValue(), value, value == null ? Void.class : value.getClass());
  }

  /** The same, on which exactly the methods of {@code api} may be called. */
  public <T> RRef<T> own(Class<T> api, T value) {
    Interfaces.require(api, "own the object without one, and what is @Remote may be called");
    Interfaces.requireInstance(api, value);
    OwnedValue kept = newValue();
    kept.shareAs(api);
    return own(kept, value, value.getClass());
  }

  private OwnedValue newValue() {
    return tables.add(() -> {
      OwnedValue kept = tables.owned().get(tables.newRefId());
      tables.owned().markCreated(kept);
      kept.addLocalHandle();
      return kept;
    });
  }

  private <T> RRef<T> own(OwnedValue kept, T value, Class<?> type) {
    disposal.owned(value);
    kept.complete(value, type);
    return Reference.to(new OwnerHandle(this, kept), type);
  }

  /**
   * Has {@code to} run a function, or a method of what it keeps as {@code target}, and keep the result.
   *
   * @throws RpcException NOT_JOINED once the worker has left
   */
  public <R> RRef<R> remote(WorkerInfo to, MethodReference function, Optional<ObjectId> target, Object[] arguments,
                            CallOptions options) {
    Fork fork = newFork(to.incarnation());
    return to.equals(self()) ? remoteHere(fork, function, target, arguments, options)
        : remoteThere(to, fork, function, target, arguments, options);
  }

  private Fork newFork(long owner) {
    return new Fork(tables.newRefId(), tables.newForkId(), owner, self().incarnation());
  }

  private <R> RRef<R> remoteHere(Fork fork, MethodReference function, Optional<ObjectId> target, Object[] arguments,
                                 CallOptions options) {
    OwnedValue value = tables.add(() -> {
      OwnedValue fresh = tables.owned().get(fork.ref());
      fresh.addLocalHandle();
      return fresh;
    });
    try {
      Creation creation = calls().remote(self(), function, target, fork, arguments, options);
      value.value().onComplete(made -> {
        creation.acknowledged();
        creation.end();
      });
    } catch (RpcException unsent) {
      tables.change(() -> tables.owned().notCreated(value));
      value.fail(unsent);
    } catch (RuntimeException | Error misuse) {
      // Whoever asked gets no handle that could be closed.
      tables.change(() -> {
        tables.owned().notCreated(value);
        tables.owned().dropLocalHandle(value);
      });
      value.fail(unmade(misuse));
      throw misuse;
    }
    return Reference.to(new OwnerHandle(this, value), function.resultType());
  }

  private <R> RRef<R> remoteThere(WorkerInfo to, Fork fork, MethodReference function, Optional<ObjectId> target,
                                  Object[] arguments, CallOptions options) {
    HeldFork mine = HeldFork.created(fork, to, setup.context().promise(), setup.timers().clock().nanoTime(),
        sites.here());
    tables.add(() -> tables.held().add(mine));
    try {
      Creation creation = calls().remote(to, function, target, fork, arguments, options);
      tables.change(() -> mine.madeBy(creation));
      // When no lock is held: whoever waits for the calls to be over goes on then.
      mine.confirmed().future().onComplete(known -> creation.settled());
    } catch (RpcException unsent) {
      protocol.fail(mine, unsent);
    } catch (RuntimeException | Error misuse) {
      protocol.fail(mine, unmade(misuse));
      throw misuse;
    }
    return Reference.to(new UserHandle(this, mine), function.resultType());
  }

  private static RpcException unmade(Throwable why) {
    return RpcException.of(RpcFailure.CODEC, "the call that makes it could not be sent: " + why).withCause(why);
  }

  /** A reference that never came to be, because nobody could be asked to make its value. */
  public <R> RRef<R> failed(MethodReference function, RpcException why) {
    return Reference.to(passage.failed(newFork(0), why.worker().orElse(null), why), function.resultType());
  }

  // ---- with frames

  @Override
  public List<Fork> handOut(List<RRef<?>> refs, WorkerInfo to) {
    return passage.handOut(refs, to);
  }

  @Override
  public void takeBack(List<Fork> forks) {
    passage.takeBack(forks);
  }

  @Override
  public void arrived(List<Fork> forks) {
    passage.arrived(forks);
  }

  @Override
  public Arrival admit(List<Fork> forks, WorkerInfo from) {
    return passage.admit(forks, from);
  }

  @Override
  public Receiver find(RefId ref) {
    return protocol.find(ref);
  }

  @Override
  public Kept keep(Fork fork, WorkerInfo creator) {
    return protocol.keep(fork, creator);
  }

  // ---- all of them

  /** Closes every handle to a value of another that is still open. */
  public void releaseAll() {
    tables.closeAll();
  }

  /** Drops what workers held that are gone, at once: nobody can have handed on what is still unknown here. */
  public void dropGone() {
    protocol.dropGone();
  }

  /** Whether, on top of {@link #holdsNothing()}, nothing that is kept here is held elsewhere. */
  public boolean isSettled() {
    return tables.isSettled();
  }

  /** Whether no handle to a value of another is held here, and no release on its way, one of a handle here included. */
  public boolean holdsNothing() {
    return tables.holdsNothing();
  }

  /** Whether a release waits for what {@code peer} has to say. */
  public boolean awaits(WorkerInfo peer) {
    return tables.awaits(peer);
  }

  /** Forgets everything; the worker is gone. Completes when the values that were kept are closed. */
  public Future<Void> clear() {
    protocol.end();
    return disposal.end();
  }

  /** The figures of both tables. */
  public JsonObject debugInfo() {
    return tables.debugInfo();
  }

  /** Each value that is kept here, with its holders; then each handle that is held here. */
  public JsonArray list() {
    return listing.all();
  }

  /** Logs each value that is still held elsewhere; then fails, naming them, if it is to. */
  public Future<Void> reportLeaks() {
    List<JsonObject> left = listing.left();
    left.forEach(value -> LOG.warn("event=reference-left worker={} value={}", self().name(), value.encode()));
    return left.isEmpty() || !setup.options().failOnLeak() ? Future.succeededFuture()
        : Future.failedFuture(new IllegalStateException("values that " + self().name() + " keeps are still held: "
            + left.stream().map(JsonObject::encode).collect(Collectors.joining(", "))));
  }

  // ---- for the handles

  WorkerInfo self() {
    return setup.endpoint().self();
  }

  Calls calls() {
    return setup.calls();
  }

  Tables tables() {
    return tables;
  }

  <T> Future<T> completed(T value) {
    return CallerContext.of(setup.context()).succeededFuture(value);
  }

  <T> Future<T> onCaller(Future<T> future) {
    return CallerContext.future(setup.context(), future);
  }
}
