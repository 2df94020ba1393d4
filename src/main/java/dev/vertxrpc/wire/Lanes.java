package dev.vertxrpc.wire;

import dev.vertxrpc.WorkerInfo;
import io.vertx.core.buffer.Buffer;
import java.util.List;

/**
 * The lanes of one worker to its peers: where large values can be put that are to be sent, so that they need not be
 * copied once more. Thread-safe; what is wanted of them is set before the endpoint is opened.
 */
public final class Lanes {
  private final Incarnations<Link> links;
  private LaneOptions options = LaneOptions.standard();

  /** {@code links} by incarnation. */
  Lanes(Incarnations<Link> links) {
    this.links = links;
  }

  void connect(Endpoint endpoint) {
    endpoint.receive(FrameType.OFFER, (WorkerInfo from, Frame.Offer offer) -> link(from).incoming().open(offer));
    endpoint.receive(FrameType.INVITE, (WorkerInfo from, Frame.Invite invite) ->
        onInvite(link(from), invite));
    endpoint.receive(FrameType.OPENED, (WorkerInfo from, Frame.Opened opened) -> link(from).opened(opened));
    endpoint.receive(FrameType.CHUNK, (WorkerInfo from, Frame.Chunk chunk) -> link(from).incoming().take(chunk));
  }

  private static void onInvite(Link link, Frame.Invite invite) {
    if (invite.use() == SocketUse.LANE) {
      link.incoming().connect(invite);
    } else {
      link.stream().accept(invite);
    }
  }

  /** Before anything is sent. */
  void open(Node node) {
    node.arenaBudget().atLeast(options.nodeBytes());
    node.arrivalBudget().atLeast(options.nodeBytes());
  }

  private Link link(WorkerInfo peer) {
    return links.get(peer.incarnation());
  }

  /** Has large bulk go that way. */
  public void options(LaneOptions wanted) {
    options = wanted;
  }

  LaneOptions options() {
    return options;
  }

  /**
   * Room for so many bytes, for a value that is sent to {@code to} or {@linkplain #giveBack given back}; null where
   * there is none, or it is not worth it.
   */
  public Buffer claim(WorkerInfo to, int bytes) {
    Link link = link(to);
    return link == null ? null : link.lane().claim(bytes);
  }

  /** Room that was claimed for {@code to} is not needed; nothing where it is none, or was sent. */
  public void giveBack(WorkerInfo to, List<Buffer> rooms) {
    Link link = link(to);
    if (link != null) {
      rooms.forEach(link.lane()::giveBack);
    }
  }

  /** The same for all that a frame brings which is not sent. */
  public void giveBack(WorkerInfo to, Frame unsent) {
    unsent.payloads().forEach(payload -> giveBack(to, payload.bulk()));
  }

  /** How many bytes were put there that nobody has taken so far, or have room here and wait to be handed on. */
  public long bytes() {
    return links.values().stream().mapToLong(link -> link.lane().usedBytes() + link.incoming().bytes()).sum();
  }

  /** To how many peers there is one. */
  int open() {
    return (int) links.values().stream().filter(link -> link.lane().isOpen()).count();
  }
}
