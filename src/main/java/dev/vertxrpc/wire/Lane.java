package dev.vertxrpc.wire;

import dev.vertxrpc.WorkerInfo;
import io.netty.util.Timeout;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way that the large bulk of frames to one peer takes, beside the batches that name it: an {@link Arena}, offered
 * when there is something for it.
 *
 * <pre>
 *   UNUSED --first large bulk--> OFFERED --OPENED--> OPEN
 *      '-----------------no arena----'---refused------'------the link closes--> CLOSED
 * </pre>
 *
 * <p>Where it is not OPEN, or has no room, bulk goes into the batch: nothing ever waits for it. Thread-safe, except
 * where a method says otherwise.
 */
final class Lane implements BulkSink {
  /** What is smaller goes into the batch: there it costs as little. */
  static final int LEAST_BYTES = Batch.FULL_BYTES;
  /** Memory that has not been used for so long is given back. */
  private static final Duration IDLE = Duration.ofSeconds(10);
  private static final Logger LOG = LoggerFactory.getLogger(Lane.class);

  private enum State { UNUSED, OFFERED, OPEN, CLOSED }

  private final Node node;
  private final WorkerInfo self;
  private final WorkerInfo peer;
  private final LaneOptions options;
  /** What was put into the frame that is being written. Confined to the node's context. */
  private final List<Arena.Place> written = new ArrayList<>();
  private volatile State state;
  private volatile Arena arena;
  private volatile boolean used;
  private Timeout idle;

  Lane(Node node, WorkerInfo self, WorkerInfo peer, LaneOptions options) {
    this.node = node;
    this.self = self;
    this.peer = peer;
    this.options = options;
    this.state = options.kind() == LaneOptions.Kind.BUS ? State.CLOSED : State.UNUSED;
  }

  /** {@code frame} is about to be written to {@code link}, which offers a lane where there is none. On its context. */
  void begin(Frame frame, Link link) {
    written.clear();
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
    node.blocking(() -> Arena.create(node.arenas(), options.arenaBytes())).onComplete(done -> {
      if (done.failed()) {
        refused(done.cause().toString());
      } else if (offered(done.result())) {
        link.send(done.result().offer(), Outgoing.ANY);
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

  /** The peer has opened what it was offered, or will not. */
  synchronized void opened(Frame.Opened opened) {
    if (state != State.OFFERED || arena == null) {
      return;
    }
    if (opened.refusal().isPresent()) {
      refused(opened.refusal().get());
      return;
    }
    arena.hide();
    state = State.OPEN;
    watch();
    LOG.debug("event=lane-open worker={} peer={} bytes={}", self.name(), peer.name(), options.arenaBytes());
  }

  private void refused(String why) {
    if (options.kind() == LaneOptions.Kind.SHM) {
      LOG.warn("event=no-lane worker={} peer={} cause={}", self.name(), peer.name(), why);
    } else {
      LOG.debug("event=no-lane worker={} peer={} cause={}", self.name(), peer.name(), why);
    }
    close();
  }

  /** Room for bulk, see {@link Arena#claim}; null where it is to be kept elsewhere. */
  Buffer claim(int bytes) {
    if (bytes < LEAST_BYTES || state != State.OPEN) {
      return null;
    }
    used = true;
    return arena.claim(bytes);
  }

  void giveBack(Buffer room) {
    Arena from = arena;
    if (from != null) {
      from.giveBack(room);
    }
  }

  @Override
  public Arena.Place send(Buffer bulk) {
    if (bulk.length() < LEAST_BYTES || state != State.OPEN) {
      return null;
    }
    used = true;
    Arena.Place place = arena.send(bulk);
    if (place != null) {
      written.add(place);
    }
    return place;
  }

  /** The frame cannot be written after all. On the node's context. */
  void undo() {
    written.forEach(place -> arena.unsend(place));
    written.clear();
  }

  private synchronized void watch() {
    if (state == State.OPEN) {
      idle = node.clock().schedule(IDLE, () -> node.background().execute(this::trim));
    }
  }

  private void trim() {
    if (!used) {
      arena.trim();
    }
    used = false;
    watch();
  }

  /** The bytes that were put there, and that the peer has not taken. */
  long usedBytes() {
    Arena at = arena;
    return at == null || state == State.CLOSED ? 0 : at.used();
  }

  boolean isOpen() {
    return state == State.OPEN;
  }

  synchronized void close() {
    state = State.CLOSED;
    if (idle != null) {
      idle.cancel();
    }
    if (arena != null) {
      arena.close();
    }
  }
}
