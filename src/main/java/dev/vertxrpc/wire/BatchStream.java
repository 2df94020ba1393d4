package dev.vertxrpc.wire;

import dev.vertxrpc.WorkerInfo;
import io.netty.util.Timeout;
import io.vertx.core.Future;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.net.NetSocketInternal;
import io.vertx.core.net.NetSocket;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way of batches between two workers beside the bus: a socket that is on the event loops of both, so that a message
 * wakes nobody but them. Only they write to it. What is large takes the bus, and so does what the stream has not
 * brought in time, or what a busy loop has not written. The worker with the lower incarnation invites, once it has
 * written often enough.
 *
 * <pre>
 *   NONE --it has written often: invites--> INVITED --the peer connects--> OPEN
 *    ^ ^ '-----------was invited, and has connected-------------------------^ |
 *    | '---nobody came: after a while------------'                            |
 *    '---------the socket breaks, or brings nothing: after a while------------'
 *
 *   from each: the link closes --> CLOSED
 * </pre>
 *
 * <p>Confined to the worker's context, except where a method says otherwise.
 */
final class BatchStream {
  /** A peer to which less is said is not worth a socket. */
  private static final int ENOUGH = 8;
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);
  private static final Logger LOG = LoggerFactory.getLogger(BatchStream.class);

  private enum State { NONE, INVITED, OPEN, CLOSED }

  /** Whom it is for. */
  interface Events extends StreamSocket.Events {
    /** Sends the invitation. */
    void invite(Frame.Invite invite);
  }

  private final Node node;
  private final ContextInternal worker;
  private final SocketServer server;
  private final WorkerInfo self;
  private final WorkerInfo peer;
  private final LaneOptions options;
  private final Events events;
  private final boolean invites;
  /** How often there was something for it, but no more than is enough. */
  private final AtomicInteger missed = new AtomicInteger();
  private volatile State state = State.NONE;
  /** Null unless it is open. */
  private volatile StreamSocket socket;
  private SocketServer.Invitation invitation;
  private Duration pause = FIRST_PAUSE;
  private volatile long notBefore;

  BatchStream(Node node, ContextInternal worker, SocketServer server, WorkerInfo self, WorkerInfo peer,
              LaneOptions options, Events events) {
    this.node = node;
    this.worker = worker;
    this.server = server;
    this.self = self;
    this.peer = peer;
    this.options = options;
    this.events = events;
    this.invites = options.hasStreams() && self.incarnation() < peer.incarnation();
    this.notBefore = node.clock().nanoTime();
  }

  /** Any thread. */
  boolean isOpen() {
    return socket != null;
  }

  /** Whether it takes nothing now, and will say when it does again. */
  boolean isFull() {
    StreamSocket to = socket;
    return to != null && to.isFull();
  }

  /** Writes {@code batch}. Whether it has: not where there is no socket, or from another thread than the worker's. */
  boolean write(Batch batch) {
    StreamSocket to = socket;
    if (to == null || batch.length() > StreamReader.MOST_BYTES || !worker.nettyEventLoop().inEventLoop()) {
      return false;
    }
    try {
      to.write(batch);
      return true;
    } catch (OutOfMemoryError full) {
      // It has its number, and would be missing.
      LOG.debug("event=stream-full worker={} peer={} cause={}", self.name(), peer.name(), full.toString());
      return false;
    }
  }

  /** There is something to write that a stream would have taken. Any thread. */
  void missed() {
    if (invites && state == State.NONE && isEnough() && node.clock().nanoTime() - notBefore >= 0
        && !node.has(peer) && change(State.NONE, State.INVITED)) {
      worker.runOnContext(now -> invite());
    }
  }

  private boolean isEnough() {
    return missed.get() >= ENOUGH || missed.incrementAndGet() >= ENOUGH;
  }

  private void invite() {
    if (state != State.INVITED) {
      // The link was closed meanwhile.
      return;
    }
    server.invite(options, SocketUse.STREAM, this::connected).onComplete(done -> {
      if (done.failed()) {
        rest("no port can be listened to: " + done.cause().getMessage());
      } else if (state == State.INVITED) {
        invitation = done.result();
        events.invite(invitation.frame());
      } else {
        done.result().withdraw().run();
      }
    });
  }

  // Null: nobody came.
  private void connected(NetSocket guest) {
    invitation = null;
    if (guest != null && state == State.INVITED) {
      Life life = new Life();
      life.socket = StreamSocket.of((NetSocketInternal) guest, node.clock(), life);
      life.open();
    } else if (guest != null) {
      guest.close();
    } else if (state == State.INVITED) {
      // Else the peer has invited meanwhile, and its stream is open.
      rest("it did not connect in time");
    }
  }

  /** The peer has invited; there is only one stream, and the newest is it. */
  void accept(Frame.Invite invite) {
    if (!options.hasStreams() || state == State.CLOSED) {
      return;
    }
    // What no port can be is thrown.
    Future.succeededFuture().compose(asked -> server.accept(invite)).onComplete(done -> {
      if (done.failed()) {
        LOG.debug("event=no-stream worker={} peer={} cause={}", self.name(), peer.name(), done.cause().toString());
      } else {
        new Life().greet(done.result(), invite);
      }
    });
  }

  /** What was written was not acknowledged in time, and takes the bus now. Any thread. */
  void late() {
    StreamSocket open = socket;
    if (open != null) {
      open.late();
    }
  }

  /** Closes a socket that has brought nothing for {@code limit}, although something was late. Any thread. */
  void watch(Duration limit) {
    StreamSocket watched = socket;
    if (watched != null && watched.silence().compareTo(limit) >= 0) {
      watched.close();
    }
  }

  private synchronized boolean change(State from, State to) {
    if (state != from) {
      return false;
    }
    state = to;
    return true;
  }

  private void rest(String why) {
    LOG.debug("event=no-stream worker={} peer={} cause={}", self.name(), peer.name(), why);
    missed.set(0);
    notBefore = node.clock().nanoTime() + pause.toNanos();
    pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
    change(State.INVITED, State.NONE);
    change(State.OPEN, State.NONE);
  }

  /** Nothing goes there any more. Any thread. */
  void close() {
    synchronized (this) {
      state = State.CLOSED;
    }
    worker.runOnContext(now -> {
      StreamSocket open = socket;
      socket = null;
      if (open != null) {
        open.close();
      }
      if (invitation != null) {
        invitation.withdraw().run();
        invitation = null;
      }
    });
  }

  /** One socket, from when it is connected until it is closed. */
  private final class Life implements StreamSocket.Events {
    private StreamSocket socket;
    private Timeout patience;

    void greet(NetSocketInternal connected, Frame.Invite invite) {
      patience = node.clock().schedule(SocketServer.PATIENCE, connected::close);
      socket = StreamSocket.connected(connected, node.clock(), invite, this::open, this);
    }

    void open() {
      if (patience != null) {
        patience.cancel();
      }
      StreamSocket before = BatchStream.this.socket;
      synchronized (BatchStream.this) {
        if (state == State.CLOSED) {
          socket.close();
          return;
        }
        state = State.OPEN;
        BatchStream.this.socket = socket;
      }
      if (before != null) {
        before.close();
        // It was full, maybe, and will not say when it is no more.
        events.closed();
      }
      LOG.debug("event=stream-open worker={} peer={}", self.name(), peer.name());
    }

    @Override
    public void came(Batch batch) {
      if (batch.sender() != peer.incarnation() || !batch.isPlausible()
          || batch.first() == Batch.UNNUMBERED && batch.count() > 0) {
        throw new MalformedFrameException("a batch of " + batch.count() + " frames from " + batch.first()
            + " on, of " + Long.toHexString(batch.sender()));
      }
      pause = FIRST_PAUSE;
      events.came(batch);
    }

    @Override
    public void drained() {
      events.drained();
    }

    @Override
    public void closed() {
      if (patience != null) {
        patience.cancel();
      }
      if (BatchStream.this.socket == socket) {
        BatchStream.this.socket = null;
        rest("the socket was closed");
        events.closed();
      }
    }
  }
}
