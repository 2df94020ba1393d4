package dev.vertxrpc.wire;

import dev.vertxrpc.RpcException;
import dev.vertxrpc.RpcFailure;
import dev.vertxrpc.WorkerInfo;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;

/**
 * The way from one worker to one incarnation of another.
 *
 * <pre>
 *   CONNECTING --WELCOME, or HELLO from the peer--> OPEN --GOODBYE, loss--> CLOSED
 *        '----------------------GOODBYE, loss-----------------------------^
 * </pre>
 *
 * <p>While CONNECTING it repeats HELLO and keeps what it is to send; OPEN, it sends what has gathered
 * in a turn of the worker as one batch; CLOSED, it takes nothing more and remembers why, for as long as the
 * worker lives, so that a peer that was declared lost cannot come back as if nothing had been. Frames arrive once
 * and in the order in which they were given, or the peer is lost: its {@link LinkWriter} and its {@link LinkReader} see
 * to that. Thread-safe; what goes over the bus is written on the node's context, whose loop also has the connection,
 * what goes in the stream on the worker's, where all is read.
 */
final class Link {
  private enum State { CONNECTING, OPEN, CLOSED }

  private final Endpoint endpoint;
  private final Node node;
  private final WorkerInfo peer;
  private final Greeting greeting;
  private final Outflow outflow;
  private final BatchStream stream;
  private final Goings goings = new Goings();
  private final Lane lane;
  private final IncomingLane incoming;
  private final LinkWriter writer;
  private final Gathering gathering;
  private final LinkReader reader;
  private final Promise<Void> opened = Promise.promise();
  private volatile State state = State.CONNECTING;
  private volatile RpcException closed;
  private volatile boolean accuser;
  private volatile boolean asked;

  Link(Endpoint endpoint, Node node, WorkerInfo peer, String address, LaneOptions lanes) {
    this.endpoint = endpoint;
    this.node = node;
    this.peer = peer;
    Bus.Outlet outlet = node.bus().to(address);
    this.greeting = new Greeting(endpoint, node, outlet);
    this.stream = new BatchStream(node, endpoint.context(), endpoint.streams(), endpoint.self(), peer, lanes,
        new Streaming());
    this.outflow = new Outflow(node, outlet, stream, endpoint::onWorker, endpoint.self().incarnation(),
        endpoint.lease(), this::lose);
    this.lane = new Lane(node, endpoint.self(), peer, lanes, goings);
    this.writer = new LinkWriter(this, endpoint, node, outflow, stream, lane, goings);
    this.gathering = writer.gathering();
    this.reader = new LinkReader(node, outflow, goings, gathering, endpoint.participants());
    this.incoming = new IncomingLane(this, node, endpoint::onWorker, lanes);
  }

  /** What the peer has to answer in, or is lost. */
  Duration lease() {
    return endpoint.lease();
  }

  /** The peer says what has become of the lane that it was offered. */
  void opened(Frame.Opened opened) {
    lane.opened(opened, this);
  }

  WorkerInfo peer() {
    return peer;
  }

  boolean isOpen() {
    return state == State.OPEN;
  }

  /** The peer takes this worker for lost, or for broken. */
  void markAccuser() {
    accuser = true;
  }

  boolean isAccuser() {
    return accuser;
  }

  boolean isClosed() {
    return state == State.CLOSED;
  }

  /** Why it takes nothing more. */
  RpcException closed() {
    return closed;
  }

  /** Completes when the peer answered, fails when the link closes first. */
  Future<Void> opened() {
    return opened.future();
  }

  /** Has the bus know the way to the peer. */
  Future<Void> findRoute() {
    return greeting.findRoute();
  }

  /** Has the peer asked until it answers. */
  void connect() {
    greeting.begin();
  }

  /** Answers the peer's HELLO; what we have to say goes out once the answer has. */
  void welcome() {
    node.context().runOnContext(now -> greeting.say(new Frame.Welcome()).onSuccess(written -> open()));
  }

  void open() {
    synchronized (this) {
      if (state != State.CONNECTING) {
        return;
      }
      state = State.OPEN;
    }
    greeting.end();
    opened.tryComplete();
    gathering.begin();
  }

  /**
   * False where the link is closed. Else it goes out in its turn, unless the link closes before, of which the listeners
   * are told, or it says that nobody wants it.
   */
  boolean send(Outgoing outgoing) {
    if (state == State.CLOSED) {
      return false;
    }
    gathering.add(outgoing);
    if (state == State.CLOSED) {
      // Meanwhile; who waits for it hears that the peer is gone.
      gathering.clear();
    }
    return true;
  }

  /** Whether it is open, and nothing is sent that the peer has not acknowledged. On the node's context. */
  boolean isQuiet() {
    return state == State.OPEN && gathering.isEmpty() && outflow.locked(outflow::isIdle);
  }

  /** Gives up a stream that brings nothing, and does not wait for a loop that is busy. On the node's context. */
  void watchStream() {
    stream.watch(endpoint.lease());
    if (stream.isOpen() && !gathering.isEmpty()) {
      gathering.write();
    }
  }

  /** Has the peer hear from this worker soon. */
  void ask() {
    asked = true;
  }

  boolean takeAsked() {
    boolean was = asked;
    asked = false;
    return was;
  }

  /** Has bulk go that is to go in chunks. */
  void sendChunks() {
    gathering.write();
  }

  /**
   * The peer has sent what cannot be read, and is told: what is missing now will not come again, and whoever waits for
   * it would wait for ever.
   */
  void unreadable(String why) {
    if (isClosed()) {
      return;
    }
    endpoint.gone(peer, RpcFailure.PROTOCOL, "it has sent what cannot be read: " + why);
    farewell(new Frame.Goodbye(RpcFailure.PROTOCOL, endpoint.self().name() + " cannot read it: " + why));
  }

  void lose(String why) {
    endpoint.gone(peer, RpcFailure.WORKER_LOST, why);
  }

  /**
   * Sends what is waiting and, when the peer has it, {@code goodbye} behind it; completes when that is on its way,
   * or cannot be.
   */
  Future<Void> farewell(Frame.Goodbye goodbye) {
    Promise<Void> done = Promise.promise();
    node.context().runOnContext(now -> {
      if (state == State.OPEN) {
        writer.flush();
      }
      goings.drained().compose(gone -> outflow.locked(outflow::drained))
          .transform(drained -> greeting.say(goodbye)).otherwiseEmpty().onComplete(done);
    });
    return done.future();
  }

  /** What the stream does for this link. */
  private final class Streaming implements BatchStream.Events {
    @Override
    public void invite(Frame.Invite invite) {
      send(Outgoing.of(invite));
    }

    @Override
    public void came(Batch batch) {
      endpoint.take(Link.this, batch);
    }

    @Override
    public void drained() {
      gathering.flush();
    }

    @Override
    public void closed() {
      outflow.streamClosed();
      // What has waited for it.
      gathering.write();
    }
  }

  /** Takes nothing more. Whether it was this call that closed it. */
  boolean close(RpcException why) {
    synchronized (this) {
      if (state == State.CLOSED) {
        return false;
      }
      closed = why;
      state = State.CLOSED;
    }
    greeting.end();
    opened.tryFail(why);
    gathering.clear();
    stream.close();
    outflow.close();
    lane.close();
    incoming.close();
    return true;
  }

  /** What goes in the stream, or came to invite to it. On the worker's context. */
  BatchStream stream() {
    return stream;
  }

  /** What goes beside the batches. */
  Lane lane() {
    return lane;
  }

  /** What takes its batches. */
  LinkReader reader() {
    return reader;
  }

  /** What the peer puts beside its batches. */
  IncomingLane incoming() {
    return incoming;
  }
}
