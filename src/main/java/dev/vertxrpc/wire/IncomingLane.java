package dev.vertxrpc.wire;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.Optional;
import java.util.concurrent.Executor;

/**
 * What comes beside the batches of one link: in an arena or a socket, once its peer has offered one, or in chunks.
 * Confined to the worker's context, but for its end.
 */
final class IncomingLane implements BulkSource {
  private final Link link;
  private final Node node;
  private final Executor worker;
  private final Comings comings;
  private final Order order;
  private volatile LentArena arena;
  private volatile LaneReader socket;
  private volatile boolean closed;

  IncomingLane(Link link, Node node, Executor worker, LaneOptions options) {
    this.link = link;
    this.node = node;
    this.worker = worker;
    this.order = new Order(worker);
    this.comings = new Comings(node.arrivalBudget(), options.mostBytes());
  }

  /** Opens what the peer offers, and says so, or why not. */
  void open(Frame.Offer offer) {
    node.blocking(() -> LentArena.open(node.arenas(), offer)).onComplete(done -> worker.execute(() -> {
      arena = done.result();
      if (closed) {
        arena = null;
      }
      answer(done.cause());
    }));
  }

  /** Connects to where the peer listens, and says so, or why not. */
  void connect(Frame.Invite invite) {
    // What no port can be is thrown, and is to be answered all the same.
    node.context().runOnContext(now -> Future.succeededFuture().compose(asked -> node.server().accept(invite))
        .compose(connected -> {
          LaneReader reader = new LaneReader(node, connected, invite, comings);
          socket = reader;
          if (closed) {
            reader.close();
          }
          return reader.opened();
        }).onComplete(done -> answer(done.cause())));
  }

  private void answer(Throwable refusal) {
    link.send(Outgoing.of(new Frame.Opened(Optional.ofNullable(refusal).map(Throwable::toString))));
  }

  /** Takes the next part of what comes over the bus. */
  void take(Frame.Chunk chunk) {
    try {
      add(chunk);
    } catch (MalformedFrameException damaged) {
      // What it is a part of will never be whole.
      link.unreadable(damaged.getMessage());
    }
  }

  private void add(Frame.Chunk chunk) {
    Coming coming = comings.chunk(chunk.number(), chunk.length());
    if (coming == null) {
      return;
    }
    comings.admitAlways(coming);
    if (!coming.take(chunk.from(), chunk.part())) {
      throw new MalformedFrameException("bulk " + chunk.number() + " goes on at " + chunk.from());
    }
    if (coming.isWhole()) {
      comings.end(coming);
    }
  }

  /** What keeps the frames of the link in order. */
  Order order() {
    return order;
  }

  /** Where to read what is not in a batch; nobody gets what a link brings that is closed. */
  BulkSource source() {
    return closed ? BulkSource.IGNORED : this;
  }

  @Override
  public Buffer read(int at, int length) {
    LentArena from = arena;
    if (from == null) {
      throw new MalformedFrameException(length + " bytes in a lane, and there is none");
    }
    return from.read(at, length);
  }

  @Override
  public Coming expect(long number, int length) {
    return comings.expect(number, length);
  }

  @Override
  public Loan loan() {
    LentArena from = arena;
    return from == null ? null : from.loan();
  }

  /** The frame has been delivered that was read last. */
  void giveBack() {
    LentArena to = arena;
    if (to != null) {
      to.giveBack();
    }
  }

  /** How many bytes of what comes have room here. */
  long bytes() {
    return comings.bytes();
  }

  /** Lets go of everything: what has not come never will. On any thread. */
  void close() {
    closed = true;
    arena = null;
    comings.close();
    LaneReader open = socket;
    if (open != null) {
      open.close();
    }
  }
}
