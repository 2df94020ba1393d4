package dev.vertxrpc.wire;

import dev.vertxrpc.RpcException;
import dev.vertxrpc.RpcFailure;
import dev.vertxrpc.RpcListener;
import dev.vertxrpc.WorkerInfo;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.internal.ContextInternal;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * One worker's place on the event bus: the one consumer at its address, which no other incarnation ever
 * has, and its links to the peers. Sending is thread-safe; receivers and listeners run on the worker's
 * context, in the order in which frames arrived, and are set before {@link #open()}.
 */
public final class Endpoint {
  /** The version of the frames and of what they mean. */
  static final int VERSION = 1;
  private static final String LEFT = "it left the group";

  private final Node node;
  private final ContextInternal context;
  private final String group;
  private final WorkerInfo self;
  private final Incarnations<Link> links = new Incarnations<>();
  private final Lanes lanes = new Lanes(links);
  private final KnownParticipants participants = new KnownParticipants();
  private final List<LossListener> lossListeners = new CopyOnWriteArrayList<>();
  private final Delivery delivery;
  /** Where the streams of this worker come from. */
  private final SocketServer streams;
  private final Intake intake;
  /** Null where nothing is to go wrong, as it is outside of tests. */
  private Faults faults;
  private final Heartbeats heartbeats;
  private Bus.Inlet inlet;
  private Future<Void> saidGoodbye;
  private volatile boolean closed;

  Endpoint(Node node, ContextInternal context, String group, WorkerInfo self, RpcListener listener, Duration lease) {
    this.node = node;
    this.context = context;
    this.group = group;
    this.self = self;
    this.delivery = new Delivery(self.name(), listener, this::find);
    this.streams = new SocketServer(node, context);
    this.intake = new Intake(this, context, delivery);
    lanes.connect(this);
    this.heartbeats = new Heartbeats(self, new Timers(node.clock(), node.context()), lease);
  }

  /** Who is at this end. */
  public WorkerInfo self() {
    return self;
  }

  /** Hands frames of {@code type} to {@code receiver}, with the worker that sent them. */
  public <F extends Frame> void receive(FrameType type, BiConsumer<WorkerInfo, F> receiver) {
    delivery.receive(type, receiver);
  }

  /** Adds a listener; they are told in the order in which they were added. */
  public void onLoss(LossListener lossListener) {
    lossListeners.add(lossListener);
  }

  /** Asks {@code stranger} whether a worker that opens a link is a member; where that fails it may ask again. */
  public void onStranger(Function<WorkerInfo, Future<Boolean>> stranger) {
    intake.onStranger(stranger);
  }

  /** Says something to peers for which {@code has} says so, again and again; it is asked on the node's context. */
  public void onBusiness(Predicate<WorkerInfo> has) {
    heartbeats.onBusiness(has);
  }

  /** Has {@code content} say what; it is asked on the node's context. */
  public void heartbeat(Function<WorkerInfo, RefFrame.Heartbeat> content) {
    heartbeats.content(content);
  }

  /** Has {@code peer} get a heartbeat soon, whether or not there is business with it. */
  public void ask(WorkerInfo peer) {
    link(peer).ask();
  }

  /** What a peer has to acknowledge something in, or is lost. */
  Duration lease() {
    return heartbeats.lease();
  }

  /** Settles the forks of dropped frames with {@code forkLedger}. */
  public void ledger(ForkLedger forkLedger) {
    delivery.ledger(forkLedger);
  }

  /** Has these go wrong. */
  public void faults(Faults wanted) {
    faults = wanted;
  }

  /** The object that stands for all that are equal, so that what is said of their rounds is found at once. */
  public Participants known(Participants equal) {
    return participants.the(equal);
  }

  KnownParticipants participants() {
    return participants;
  }

  /** Where large values can be put that are to be sent. */
  public Lanes lanes() {
    return lanes;
  }

  ContextInternal context() {
    return context;
  }

  SocketServer streams() {
    return streams;
  }

  void onWorker(Runnable task) {
    context.runOnContext(now -> task.run());
  }

  Faults.Rule fault(Frame frame, WorkerInfo to) {
    return faults == null ? null : faults.next(frame.type(), to.name());
  }

  /** Completes when every node of the cluster can find this worker, and it itself has. */
  public Future<Void> open() {
    node.here(self);
    lanes.open(node);
    Link own = newLink(self);
    own.open();
    links.get(self.incarnation(), () -> own);
    Promise<Void> opened = context.promise();
    // On the node's context, where acknowledgements are given: it is not kept by what functions do.
    node.context().runOnContext(now -> {
      inlet = node.bus().at(address(self), node.context(), intake::take);
      inlet.opened().compose(found -> own.findRoute()).onComplete(opened);
      heartbeats.start(links::values);
    });
    return opened.future();
  }

  /**
   * Begins to deliver. Links open before; all other frames wait until now, so that nobody is served by a
   * worker that does not know its group yet. On the worker's context.
   */
  public void start() {
    delivery.start();
  }

  /** Opens the link to {@code peer}; completes when it has answered, fails when it is gone. */
  public Future<Void> connect(WorkerInfo peer) {
    Link link = link(peer);
    return link.isClosed() ? Future.failedFuture(link.closed()) : link.opened();
  }

  /**
   * Sends {@code frame}, after everything that was sent to {@code to} before. False where it cannot come there any
   * more, because this endpoint is closed or the peer known to be gone, see {@link #whyGone}. True says nothing of its
   * arrival: where the peer goes before that, the listeners are told.
   */
  public boolean send(WorkerInfo to, Frame frame) {
    return send(to, Outgoing.of(frame));
  }

  /** The same of the frame of {@code outgoing}, which is told what becomes of it. */
  public boolean send(WorkerInfo to, Outgoing outgoing) {
    if (closed || !link(to).send(outgoing)) {
      return false;
    }
    Frame frame = outgoing.frame();
    List<Fork> forks = frame.forks();
    // Those of a contribution are for others than the leader; who contributed them hears when they have come there.
    if (!forks.isEmpty() && frame.type() != FrameType.CONTRIBUTION) {
      delivery.departed(forks);
    }
    return true;
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
  public Future<Void> goodbye() {
    return goodbye(LEFT);
  }

  /** The same for a worker that goes because of a failure, which the others may not have heard of. */
  public Future<Void> goodbyeBecause(String failure) {
    return goodbye(LEFT + ", because " + failure);
  }

  private synchronized Future<Void> goodbye(String message) {
    if (saidGoodbye == null) {
      Frame.Goodbye goodbye = new Frame.Goodbye(RpcFailure.WORKER_LEFT, message);
      saidGoodbye = Future.join(links.values().stream()
          .filter(link -> !link.isClosed() && !link.peer().equals(self))
          .map(link -> link.farewell(goodbye)).toList()).mapEmpty();
    }
    return saidGoodbye;
  }

  /** Leaves the event bus: nothing is sent or received from here on. */
  public Future<Void> close() {
    closed = true;
    node.gone(self);
    links.values().forEach(link -> link.close(notJoined()));
    Promise<Void> unregistered = context.promise();
    node.context().runOnContext(now -> {
      heartbeats.stop();
      if (inlet == null) {
        unregistered.complete();
      } else {
        inlet.close().onComplete(unregistered);
      }
    });
    // Behind the ends of the links, which close their streams.
    Promise<Void> silent = context.promise();
    context.runOnContext(now -> streams.close().onComplete(silent));
    return Future.join(unregistered.future(), silent.future()).mapEmpty();
  }

  Frame.Hello hello() {
    return new Frame.Hello(VERSION, group, self);
  }

  /**
   * Nothing, until it is closed.
   *
   * @throws RpcException NOT_JOINED from then on
   */
  public void requireOpen() {
    if (closed) {
      throw notJoined();
    }
  }

  private RpcException notJoined() {
    return RpcException.of(RpcFailure.NOT_JOINED, self.name() + " is not in group " + group).at(self);
  }

  /** The link to that incarnation; null where there is none. */
  Link find(long incarnation) {
    return links.get(incarnation);
  }

  /** Takes what came in the stream of {@code link}. On the worker's context. */
  void take(Link link, Batch batch) {
    intake.take(link, batch);
  }

  /** Answers the HELLO of a member. */
  void welcome(WorkerInfo peer) {
    links.get(peer.incarnation(), () -> newLink(peer)).welcome();
  }

  /** Answers the HELLO of somebody who is no member, and forgets about it. */
  void refuse(WorkerInfo peer, Frame.Goodbye goodbye) {
    newLink(peer).farewell(goodbye);
  }

  private Link newLink(WorkerInfo peer) {
    return new Link(this, node, peer, address(peer), lanes.options());
  }

  private Link link(WorkerInfo peer) {
    Link link = links.get(peer.incarnation());
    if (link != null) {
      return link;
    }
    Link fresh = newLink(peer);
    Link first = links.get(peer.incarnation(), () -> fresh);
    if (first != fresh) {
      return first;
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

}
