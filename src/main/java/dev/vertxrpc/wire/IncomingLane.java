package dev.vertxrpc.wire;

import java.util.Optional;
import java.util.concurrent.Executor;

/**
 * What comes beside the batches of one link, once its peer has offered a lane. Confined to the worker's context, but
 * for its end.
 */
final class IncomingLane {
  private final Link link;
  private final Node node;
  private final Executor worker;
  private volatile LentArena arena;
  private volatile boolean closed;

  IncomingLane(Link link, Node node, Executor worker) {
    this.link = link;
    this.node = node;
    this.worker = worker;
  }

  /** Opens what the peer offers, and says so, or why not. */
  void open(Frame.Offer offer) {
    node.blocking(() -> LentArena.open(node.arenas(), offer)).onComplete(done -> worker.execute(() -> {
      arena = closed ? null : done.result();
      link.send(new Frame.Opened(done.succeeded() ? Optional.empty() : Optional.of(done.cause().toString())),
          Outgoing.ANY);
    }));
  }

  /** Where to read what is not in a batch; nobody gets what a link brings that is closed. */
  BulkSource source() {
    LentArena from = arena;
    return closed ? BulkSource.IGNORED : from == null ? BulkSource.NONE : from;
  }

  /** The frame has been delivered that was read last. */
  void giveBack() {
    LentArena to = arena;
    if (to != null) {
      to.giveBack();
    }
  }

  /** Lets go of the arena. On any thread. */
  void close() {
    closed = true;
    arena = null;
  }
}
