package dev.vertxrpc.wire;

import dev.vertxrpc.RpcException;
import dev.vertxrpc.RpcFailure;
import dev.vertxrpc.RpcListener;
import dev.vertxrpc.WorkerInfo;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.internal.ContextInternal;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One worker's place on the event bus: the one consumer at its address, which no other incarnation ever
 * has, and its links to the peers. Sending is thread-safe; receivers and listeners run on the worker's
 * context, in the order in which frames arrived, and are set before {@link #open()}.
 */
public final class Endpoint {
  /** The version of the frames and of what they mean. */
  static final int VERSION = 1;
  private static final Logger LOG = LoggerFactory.getLogger(Endpoint.class);

  private final Node node;
  private final ContextInternal context;
  private final String group;
  private final WorkerInfo self;
  private final RpcListener listener;
  private final Map<Long, Link> links = new ConcurrentHashMap<>();
  private final Map<FrameType, BiConsumer<WorkerInfo, Frame>> receivers = new EnumMap<>(FrameType.class);
  private final List<LossListener> lossListeners = new CopyOnWriteArrayList<>();
  private Function<WorkerInfo, Future<Boolean>> strangers = stranger -> Future.succeededFuture(true);
  private ForkLedger ledger = (from, forks) -> { };
  /** What arrived before {@link #start()}; null from then on. */
  private List<Runnable> early = new ArrayList<>();
  /** Null where nothing is to go wrong, as it is outside of tests. */
  private Faults faults;
  private Bus.Inlet inlet;
  private Future<Void> saidGoodbye;
  private volatile boolean closed;

  Endpoint(Node node, ContextInternal context, String group, WorkerInfo self, RpcListener listener) {
    this.node = node;
    this.context = context;
    this.group = group;
    this.self = self;
    this.listener = listener;
  }

  /** Who is at this end. */
  public WorkerInfo self() {
    return self;
  }

  /** Hands frames of {@code type} to {@code receiver}, with the worker that sent them. */
  @SuppressWarnings("unchecked")
  public <F extends Frame> void receive(FrameType type, BiConsumer<WorkerInfo, F> receiver) {
    receivers.put(type, (BiConsumer<WorkerInfo, Frame>) (BiConsumer<?, ?>) receiver);
  }

  /** Adds a listener; they are told in the order in which they were added. */
  public void onLoss(LossListener lossListener) {
    lossListeners.add(lossListener);
  }

  /** Asks {@code stranger} whether a worker that opens a link is a member; where that fails it may ask again. */
  public void onStranger(Function<WorkerInfo, Future<Boolean>> stranger) {
    strangers = stranger;
  }

  /** Settles the forks of dropped frames with {@code forkLedger}. */
  public void ledger(ForkLedger forkLedger) {
    ledger = forkLedger;
  }

  /** Has these go wrong. */
  public void faults(Faults wanted) {
    faults = wanted;
  }

  Faults.Rule fault(Frame frame, WorkerInfo to) {
    return faults == null ? null : faults.next(frame.type(), to.name());
  }

  /** Completes when every node of the cluster can find this worker. */
  public Future<Void> open() {
    links.put(self.incarnation(), openLink(self));
    Promise<Void> opened = context.promise();
    // On the node's context, where acknowledgements are given: it is not kept by what functions do.
    node.context().runOnContext(now -> {
      inlet = node.bus().at(address(self), node.context(), this::onBatch);
      inlet.opened().onComplete(opened);
    });
    return opened.future();
  }

  private Link openLink(WorkerInfo peer) {
    Link link = new Link(this, node, peer, address(peer));
    link.open();
    return link;
  }

  /**
   * Begins to deliver. Links open before; all other frames wait until now, so that nobody is served by a
   * worker that does not know its group yet. On the worker's context.
   */
  public void start() {
    List<Runnable> waiting = early;
    early = null;
    waiting.forEach(Runnable::run);
  }

  /** Opens the link to {@code peer}; completes when it has answered, fails when it is gone. */
  public Future<Void> connect(WorkerInfo peer) {
    Link link = link(peer);
    return link.isClosed() ? Future.failedFuture(link.closed()) : link.opened();
  }

  /**
   * Sends {@code frame}, after everything that was sent to {@code to} before. Whether it was taken: it is
   * not where the peer is known to be gone, see {@link #whyGone}.
   */
  public boolean send(WorkerInfo to, Frame frame) {
    return send(to, frame, Outgoing.ANY);
  }

  /** The same; {@code outgoing} is told what becomes of it. */
  public boolean send(WorkerInfo to, Frame frame, Outgoing outgoing) {
    return !closed && link(to).send(frame, outgoing);
  }

  /** Why {@code peer} takes nothing more; null where it does. */
  public RpcException whyGone(WorkerInfo peer) {
    Link link = links.get(peer.incarnation());
    return closed ? notJoined() : link == null ? null : link.closed();
  }

  /** Closes the link to {@code peer}, once, and tells the listeners on the worker's context. */
  public void gone(WorkerInfo peer, RpcFailure reason, String message) {
    if (link(peer).close(RpcException.of(reason, peer + ": " + message).at(peer))) {
      context.runOnContext(now -> lossListeners.forEach(each -> each.gone(peer, reason, message)));
    }
  }

  /** Whether that incarnation was a peer, and is gone. */
  public boolean isGone(long incarnation) {
    Link link = links.get(incarnation);
    return link != null && link.isClosed();
  }

  /**
   * Whether {@code peer} went because it takes this worker for lost, or for broken, which says nothing against the
   * peer.
   */
  public boolean isAccuser(WorkerInfo peer) {
    Link link = links.get(peer.incarnation());
    return link != null && link.isAccuser();
  }

  /** Tells every peer that this worker leaves, once; completes when that is on its way to all. */
  public synchronized Future<Void> goodbye() {
    if (saidGoodbye == null) {
      Frame.Goodbye goodbye = new Frame.Goodbye(RpcFailure.WORKER_LEFT, "it left the group");
      saidGoodbye = Future.join(links.values().stream()
          .filter(link -> !link.isClosed() && !link.peer().equals(self))
          .map(link -> link.farewell(goodbye)).toList()).mapEmpty();
    }
    return saidGoodbye;
  }

  /** Leaves the event bus: nothing is sent or received from here on. */
  public Future<Void> close() {
    closed = true;
    links.values().forEach(link -> link.close(notJoined()));
    Promise<Void> unregistered = context.promise();
    node.context().runOnContext(now -> {
      if (inlet == null) {
        unregistered.complete();
      } else {
        inlet.close().onComplete(unregistered);
      }
    });
    return unregistered.future();
  }

  Frame.Hello hello() {
    return new Frame.Hello(VERSION, group, self);
  }

  private RpcException notJoined() {
    return RpcException.of(RpcFailure.NOT_JOINED, self.name() + " is not in group " + group).at(self);
  }

  private Link known(WorkerInfo peer) {
    return links.computeIfAbsent(peer.incarnation(), id -> new Link(this, node, peer, address(peer)));
  }

  private Link link(WorkerInfo peer) {
    Link link = links.get(peer.incarnation());
    if (link != null) {
      return link;
    }
    Link fresh = new Link(this, node, peer, address(peer));
    Link existing = links.putIfAbsent(peer.incarnation(), fresh);
    if (existing != null) {
      return existing;
    }
    if (closed) {
      // Nobody would end its HELLOs.
      fresh.close(notJoined());
    } else {
      fresh.connect();
    }
    return fresh;
  }

  private String address(WorkerInfo worker) {
    return "rpc." + group + "." + worker.name() + "." + Long.toHexString(worker.incarnation());
  }

  // On the node's context; the frames are handed on to the worker's, in their order.
  private void onBatch(Batch batch) {
    long sender = batch.sender();
    Link link = links.get(sender);
    if (!batch.isPlausible()) {
      context.runOnContext(now -> drop(sender, List.of(), "a batch that says it has " + batch.count() + " frames"));
    } else if (batch.first() == Batch.UNNUMBERED && batch.count() > 0) {
      context.runOnContext(now -> batch.forEach(frame -> onLinkFrame(sender, frame),
          (reason, forks) -> drop(sender, forks, reason)));
    } else if (link == null || link.isClosed()) {
      context.runOnContext(now -> onLateBatch(sender, link, batch));
    } else {
      int known = link.receive(batch);
      if (known < batch.count()) {
        context.runOnContext(now -> onFrames(link, batch, known));
      }
    }
  }

  private void onLinkFrame(long sender, Frame frame) {
    Link link = links.get(sender);
    if (frame instanceof Frame.Hello hello) {
      onHello(hello);
    } else if (link == null || link.isClosed()) {
      drop(sender, frame.forks(), frame.type() + " from a worker that is " + (link == null ? "not known" : "gone"));
    } else if (frame instanceof Frame.Welcome) {
      link.open();
    } else if (frame instanceof Frame.Goodbye goodbye) {
      if (goodbye.reason() != RpcFailure.WORKER_LEFT) {
        link.markAccuser();
      }
      gone(link.peer(), goodbye.reason(), goodbye.message());
    } else {
      drop(sender, frame.forks(), frame.type() + " without a number");
    }
  }

  /** Delivers all but the first {@code known} frames. */
  private void onFrames(Link link, Batch batch, int known) {
    int[] left = {known};
    String[] damage = {null};
    batch.forEach(frame -> {
      if (--left[0] < 0) {
        onFrame(link, frame);
      }
    }, (reason, forks) -> {
      if (--left[0] < 0) {
        damage[0] = reason;
        drop(link.peer().incarnation(), forks, reason);
      }
    });
    if (damage[0] != null) {
      // What is missing now will not come again, and whoever waits for it would wait for ever.
      String why = "it has sent what cannot be read: " + damage[0];
      gone(link.peer(), RpcFailure.PROTOCOL, why);
      link.farewell(new Frame.Goodbye(RpcFailure.PROTOCOL, self.name() + " cannot read it: " + damage[0]));
    }
  }

  private void onFrame(Link link, Frame frame) {
    if (early != null) {
      early.add(() -> deliverUnlessGone(link, frame));
    } else {
      deliverUnlessGone(link, frame);
    }
  }

  // It may have gone while the frame waited.
  private void deliverUnlessGone(Link link, Frame frame) {
    if (link.isClosed()) {
      drop(link.peer().incarnation(), frame.forks(), frame.type() + " from a worker that is gone");
    } else {
      deliver(link.peer(), frame);
    }
  }

  private void onHello(Frame.Hello hello) {
    WorkerInfo peer = hello.worker();
    if (hello.version() != VERSION || !hello.group().equals(group)) {
      Link refused = new Link(this, node, peer, address(peer));
      refused.farewell(new Frame.Goodbye(RpcFailure.PROTOCOL, self.name() + " speaks version " + VERSION
          + " of the protocol in group " + group + ", not " + hello.version() + " in " + hello.group()));
      return;
    }
    Link link = links.get(peer.incarnation());
    if (link != null && link.isClosed()) {
      link.farewell(farewell(link));
    } else if (link != null && link.isOpen()) {
      link.welcome();
    } else {
      // Whoever is welcome may be called at once, so it has to be known before; who is no member is not welcome.
      strangers.apply(peer).onSuccess(isMember -> {
        if (isMember) {
          known(peer).welcome();
        } else {
          new Link(this, node, peer, address(peer)).farewell(new Frame.Goodbye(RpcFailure.WORKER_LOST,
              self.name() + " knows of no " + peer + " in group " + group));
        }
      });
    }
  }

  // A peer that was declared lost lives: it has to learn that nothing of what it holds here is valid.
  private void onLateBatch(long sender, Link link, Batch batch) {
    String who = link != null && link.isClosed() ? "gone" : "not known";
    batch.forEach(frame -> drop(sender, frame.forks(), frame.type() + " from a worker that is " + who),
        (reason, forks) -> drop(sender, forks, reason));
    if (link != null && link.isClosed() && batch.count() > 0) {
      link.farewell(farewell(link));
    }
  }

  private static Frame.Goodbye farewell(Link link) {
    return new Frame.Goodbye(RpcFailure.WORKER_LOST, "it was taken for " + link.closed().failure());
  }

  private void deliver(WorkerInfo from, Frame frame) {
    BiConsumer<WorkerInfo, Frame> receiver = receivers.get(frame.type());
    if (receiver == null) {
      drop(from.incarnation(), frame.forks(), "nobody receives " + frame.type());
      return;
    }
    try {
      receiver.accept(from, frame);
    } catch (Throwable defect) {
      // One frame's failure, a class that cannot be loaded included, must not cost the frames behind it.
      LOG.error("event=frame-failed worker={} from={} type={}", self.name(), from.name(), frame.type(), defect);
    }
  }

  private void drop(long sender, List<Fork> forks, String reason) {
    listener.messageDropped(reason);
    LOG.debug("event=frame-dropped worker={} sender={} reason={}", self.name(), sender, reason);
    Link link = links.get(sender);
    if (link != null && !forks.isEmpty()) {
      ledger.settle(link.peer(), forks);
    }
  }
}
