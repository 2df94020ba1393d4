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
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
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
  private Function<WorkerInfo, Future<?>> strangers = stranger -> Future.succeededFuture();
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

  /** Tells {@code stranger} of every worker that opens a link; it is answered when the Future succeeds. */
  public void onStranger(Function<WorkerInfo, Future<?>> stranger) {
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
    context.runOnContext(now -> {
      inlet = node.bus().at(address(self), context, this::onBatch);
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
    return send(to, frame, null);
  }

  /**
   * The same; {@code wanted} is asked once, on the node's context, when the frame is about to be written, and the
   * frame is dropped where it says no.
   */
  public boolean send(WorkerInfo to, Frame frame, BooleanSupplier wanted) {
    return !closed && link(to).send(frame, wanted);
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

  /** Whether {@code peer} went because it takes this worker for lost, which says nothing against the peer. */
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
    context.runOnContext(now -> {
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

  private void onBatch(Batch batch) {
    long sender = batch.sender();
    Consumer<Frame> frames = frame -> onFrame(sender, frame);
    Batch.Damage damage = (reason, forks) -> drop(sender, forks, reason);
    Link link = links.get(sender);
    if (!batch.isPlausible()) {
      damage.found("a batch that says it has " + batch.count() + " frames", List.of());
    } else if (link == null || link.isClosed() || batch.first() == Batch.UNNUMBERED && batch.count() > 0) {
      batch.forEach(frames, damage);
    } else {
      link.receive(batch, frames, damage);
    }
  }

  private void onFrame(long sender, Frame frame) {
    if (frame instanceof Frame.Hello hello) {
      onHello(hello);
      return;
    }
    Link link = links.get(sender);
    if (link == null || link.isClosed()) {
      onLateFrame(link, sender, frame);
    } else if (frame instanceof Frame.Welcome) {
      link.open();
    } else if (frame instanceof Frame.Goodbye goodbye) {
      if (goodbye.reason() == RpcFailure.WORKER_LOST) {
        link.markAccuser();
      }
      gone(link.peer(), goodbye.reason(), goodbye.message());
    } else if (early != null) {
      early.add(() -> {
        // It may have gone while the frame waited.
        if (link.isClosed()) {
          onLateFrame(link, sender, frame);
        } else {
          deliver(link.peer(), frame);
        }
      });
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
    Link link = links.computeIfAbsent(peer.incarnation(), id -> new Link(this, node, peer, address(peer)));
    if (link.isClosed()) {
      link.farewell(farewell(link));
    } else if (link.isOpen()) {
      link.welcome();
    } else {
      // Whoever is welcome may be called at once, so it has to be known before.
      strangers.apply(peer).onSuccess(known -> link.welcome());
    }
  }

  // A peer that was declared lost lives: it has to learn that nothing of what it holds here is valid.
  private void onLateFrame(Link link, long sender, Frame frame) {
    drop(sender, frame.forks(), frame.type() + " from a worker that is "
        + (link == null ? "not known" : "gone"));
    if (link != null && !(frame instanceof Frame.Goodbye)) {
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
