package dev.vertxrpc.wire;

import dev.vertxrpc.WorkerInfo;
import io.netty.util.Timeout;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way that the large bulk of frames to one peer takes, beside the batches that name it: an {@link Arena} or a
 * socket, offered when there is something for it. What finds no way goes into the batch, or in chunks where it is too
 * large for that: nothing ever waits for a lane.
 *
 * <pre>
 *   UNUSED --first large bulk--> OFFERED --opened--> OPEN
 *     ^ ^                           |                 |
 *     | '--refused: the next way----'                 |
 *     '-------------a socket breaks-------------------'     from each: no way is left, or the link closes --> CLOSED
 * </pre>
 *
 * <p>Thread-safe, except where a method says otherwise.
 */
final class Lane implements BulkSink {
  /** What is smaller goes into the batch: there it costs as little. */
  static final int LEAST_BYTES = Batch.FULL_BYTES;
  /** What bulk a batch has at most, so that what is behind it need not wait long. */
  private static final int MOST_IN_BATCH = 2 * Goings.CHUNK_BYTES;
  /** Memory that has not been used for so long is given back. */
  private static final Duration IDLE = Duration.ofSeconds(10);
  /** A way that breaks so often is none. */
  private static final int MOST_BREAKS = 3;
  private static final Logger LOG = LoggerFactory.getLogger(Lane.class);

  private enum State { UNUSED, OFFERED, OPEN, CLOSED }

  private final Node node;
  private final WorkerInfo self;
  private final WorkerInfo peer;
  private final LaneOptions options;
  private final Goings goings;
  /** What was put into the frame that is being written. Confined to the node's context. */
  private final List<Arena.Place> written = new ArrayList<>();
  /** How much bulk its batch has. Confined to the node's context. */
  private int inBatch;
  /** The first is the one that is used, or offered. */
  private final Deque<LaneOptions.Way> ways;
  private int breaks;
  private volatile State state;
  private volatile Arena arena;
  private SocketServer.Invitation invitation;
  private LaneWriter socket;
  private volatile boolean used;
  private Timeout idle;

  Lane(Node node, WorkerInfo self, WorkerInfo peer, LaneOptions options, Goings goings) {
    this.node = node;
    this.self = self;
    this.peer = peer;
    this.options = options;
    this.goings = goings;
    this.ways = new ArrayDeque<>(options.ways());
    this.state = ways.isEmpty() ? State.CLOSED : State.UNUSED;
  }

  /** {@code frame} is about to be written to {@code link}, which offers a lane where there is none. On its context. */
  void begin(Frame frame, Link link) {
    written.clear();
    inBatch = 0;
    if (frame.bytes() >= LEAST_BYTES && begins()) {
      offer(link);
    }
  }

  private synchronized boolean begins() {
    if (state != State.UNUSED) {
      return false;
    }
    state = State.OFFERED;
    return true;
  }

  private void offer(Link link) {
    if (ways.peek() == LaneOptions.Way.ARENA) {
      offerArena(link);
    } else {
      offerSocket(link);
    }
  }

  private void offerArena(Link link) {
    node.blocking(() -> Arena.create(node.arenas(), node.arenaBudget(), options.arenaBytes())).onComplete(done -> {
      if (done.failed()) {
        refused(done.cause().toString(), link);
      } else if (offered(done.result())) {
        link.send(Outgoing.of(done.result().offer()));
      } else {
        done.result().close();
      }
    });
  }

  private synchronized boolean offered(Arena made) {
    if (state == State.OFFERED) {
      arena = made;
    }
    return state == State.OFFERED;
  }

  private void offerSocket(Link link) {
    node.server().invite(options, SocketUse.LANE, guest -> connected(guest, link)).onComplete(done -> {
      if (done.failed()) {
        refused("no port can be listened to: " + done.cause().getMessage(), link);
      } else if (offered(done.result())) {
        link.send(Outgoing.of(done.result().frame()));
      } else {
        done.result().withdraw().run();
      }
    });
  }

  private synchronized boolean offered(SocketServer.Invitation made) {
    if (state == State.OFFERED) {
      invitation = made;
    }
    return state == State.OFFERED;
  }

  /** The peer has opened what it was offered, or will not. */
  void opened(Frame.Opened opened, Link link) {
    if (opened.refusal().isPresent()) {
      refused(opened.refusal().get(), link);
    } else {
      opened();
    }
  }

  // A socket is open when it is here, whatever is said of it.
  private synchronized void opened() {
    if (state == State.OFFERED && arena != null) {
      arena.hide();
      state = State.OPEN;
      watch();
      LOG.debug("event=lane-open worker={} peer={} bytes={}", self.name(), peer.name(), options.arenaBytes());
    }
  }

  // On the node's context; null: nobody came.
  private void connected(NetSocket guest, Link link) {
    if (guest == null) {
      refused("it did not connect in time", link);
      return;
    }
    synchronized (this) {
      if (state == State.OFFERED) {
        invitation = null;
        state = State.OPEN;
        socket = new LaneWriter(node, guest, goings, link.lease(), () -> broken(link));
        goings.open(socket);
        LOG.debug("event=lane-open worker={} peer={} address={}", self.name(), peer.name(), guest.remoteAddress());
        return;
      }
    }
    guest.close();
  }

  private void broken(Link link) {
    goings.broken();
    synchronized (this) {
      socket = null;
      if (state == State.CLOSED) {
        return;
      }
      breaks++;
      state = State.UNUSED;
      LOG.info("event=lane-broken worker={} peer={} times={}", self.name(), peer.name(), breaks);
      if (breaks == MOST_BREAKS) {
        giveUp("it broke " + breaks + " times");
      }
    }
    link.sendChunks();
  }

  private void refused(String why, Link link) {
    synchronized (this) {
      if (state != State.OFFERED) {
        return;
      }
      drop();
      giveUp(why);
      if (state == State.CLOSED) {
        return;
      }
      state = State.OFFERED;
    }
    node.context().runOnContext(now -> offer(link));
  }

  private void giveUp(String why) {
    LaneOptions.Way way = ways.poll();
    if (options.isForced()) {
      LOG.warn("event=no-lane worker={} peer={} way={} cause={}", self.name(), peer.name(), way, why);
    } else {
      LOG.debug("event=no-lane worker={} peer={} way={} cause={}", self.name(), peer.name(), way, why);
    }
    if (ways.isEmpty()) {
      state = State.CLOSED;
    }
  }

  /** Room for bulk, see {@link Arena#claim}; null where it is to be kept elsewhere. */
  Buffer claim(int bytes) {
    Arena to = arena;
    if (bytes < LEAST_BYTES || state != State.OPEN || to == null) {
      return null;
    }
    used = true;
    return to.claim(bytes);
  }

  void giveBack(Buffer room) {
    Arena from = arena;
    if (from != null) {
      from.giveBack(room);
    }
  }

  @Override
  public Spot send(Buffer bulk) {
    Spot spot = sendBeside(bulk);
    if (spot == null) {
      inBatch += bulk.length();
    }
    return spot;
  }

  private Spot sendBeside(Buffer bulk) {
    boolean isOpen = bulk.length() >= LEAST_BYTES && state == State.OPEN;
    Arena to = arena;
    Arena.Place place = isOpen && to != null ? to.send(bulk) : null;
    if (place != null) {
      used = true;
      written.add(place);
      return place;
    }
    boolean isTooMuch = inBatch + (long) bulk.length() > MOST_IN_BATCH && bulk.length() > 0;
    return isTooMuch || isOpen && to == null ? goings.take(bulk) : null;
  }

  /** The frame has been written. On the node's context. */
  void commit() {
    goings.commit();
  }

  /** The frame cannot be written after all. On the node's context. */
  void undo() {
    Arena to = arena;
    if (to != null) {
      written.forEach(to::unsend);
    }
    written.clear();
    goings.undo();
  }

  private synchronized void watch() {
    if (state == State.OPEN) {
      idle = node.clock().schedule(IDLE, () -> node.background().execute(this::trim));
    }
  }

  private void trim() {
    Arena at = arena;
    if (!used && at != null) {
      at.trim();
    }
    used = false;
    watch();
  }

  /** The bytes that were put there, and that the peer has not taken. */
  long usedBytes() {
    Arena at = arena;
    return goings.bytes() + (at == null || state == State.CLOSED ? 0 : at.used());
  }

  boolean isOpen() {
    return state == State.OPEN;
  }

  synchronized void close() {
    state = State.CLOSED;
    ways.clear();
    drop();
    LaneWriter open = socket;
    node.context().runOnContext(now -> {
      if (open != null) {
        open.close();
      }
      goings.close();
    });
  }

  private void drop() {
    if (idle != null) {
      idle.cancel();
    }
    if (arena != null) {
      arena.close();
      // A link is remembered for as long as the worker lives; the memory must not be.
      arena = null;
    }
    if (invitation != null) {
      Runnable withdraw = invitation.withdraw();
      invitation = null;
      node.context().runOnContext(now -> withdraw.run());
    }
  }
}
