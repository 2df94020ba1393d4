package dev.vertxrpc.wire;

import dev.vertxrpc.RpcListener;
import dev.vertxrpc.WorkerInfo;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.LongFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands the frames of one worker to those who receive them, in the order in which they came, and settles the forks
 * of those that nobody gets. What comes before {@link #start()} waits. Confined to the worker's context, but for what
 * is set before it begins, and for {@link #departed}.
 */
final class Delivery {
  private static final Logger LOG = LoggerFactory.getLogger(Delivery.class);

  private final String self;
  private final RpcListener listener;
  private final LongFunction<Link> links;
  private final Map<FrameType, BiConsumer<WorkerInfo, Frame>> receivers = new EnumMap<>(FrameType.class);
  private ForkLedger ledger = (from, forks) -> { };
  /** What arrived before {@link #start()}; null from then on. Nothing is lent so early: no offer was answered. */
  private List<Runnable> early = new ArrayList<>();

  /** {@code links} finds the link to an incarnation; null where there is none. */
  Delivery(String self, RpcListener listener, LongFunction<Link> links) {
    this.self = self;
    this.listener = listener;
    this.links = links;
  }

  @SuppressWarnings("unchecked")
  <F extends Frame> void receive(FrameType type, BiConsumer<WorkerInfo, F> receiver) {
    receivers.put(type, (BiConsumer<WorkerInfo, Frame>) (BiConsumer<?, ?>) receiver);
  }

  void ledger(ForkLedger forkLedger) {
    ledger = forkLedger;
  }

  /** A link was given these. Any thread. */
  void departed(List<Fork> forks) {
    ledger.departed(forks);
  }

  void start() {
    List<Runnable> waiting = early;
    early = null;
    waiting.forEach(Runnable::run);
  }

  /** Delivers {@code frame}, unless its sender goes before its time comes. */
  void deliver(Link link, Frame frame) {
    if (early != null) {
      early.add(() -> deliverUnlessGone(link, frame));
    } else {
      deliverUnlessGone(link, frame);
    }
  }

  private void deliverUnlessGone(Link link, Frame frame) {
    if (link.isClosed()) {
      drop(link.peer().incarnation(), frame.forks(), frame.type() + " from a worker that is gone");
    } else {
      hand(link.peer(), frame);
    }
  }

  private void hand(WorkerInfo from, Frame frame) {
    BiConsumer<WorkerInfo, Frame> receiver = receivers.get(frame.type());
    if (receiver == null) {
      drop(from.incarnation(), frame.forks(), "nobody receives " + frame.type());
      return;
    }
    try {
      receiver.accept(from, frame);
    } catch (Throwable defect) {
      // One frame's failure, a class that cannot be loaded included, must not cost the frames behind it.
      LOG.error("event=frame-failed worker={} from={} type={}", self, from.name(), frame.type(), defect);
    }
  }

  /** Nobody gets the frame that brought {@code forks}. */
  void drop(long sender, List<Fork> forks, String reason) {
    listener.messageDropped(reason);
    LOG.debug("event=frame-dropped worker={} sender={} reason={}", self, sender, reason);
    Link link = links.apply(sender);
    if (link != null && !forks.isEmpty()) {
      ledger.settle(link.peer(), forks);
    }
  }
}
