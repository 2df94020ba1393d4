package dev.vertxrpc.wire;

import dev.vertxrpc.WorkerInfo;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Says something to each peer that this worker has business with, whenever there is nothing else to say: a peer that
 * does not acknowledge it within the lease is lost, however it went. Confined to the node's context, which no
 * function can block, but for what is set before it begins.
 */
final class Heartbeats {
  /** So many fit into a lease: the one that a frozen peer misses first comes early in it. */
  private static final int A_LEASE = 10;

  private final WorkerInfo self;
  private final Timers timers;
  private final Duration lease;
  private final List<Predicate<WorkerInfo>> business = new CopyOnWriteArrayList<>();
  private Function<WorkerInfo, RefFrame.Heartbeat> content = peer -> new RefFrame.Heartbeat(Tally.NONE, Tally.NONE);
  private Runnable stop = () -> { };

  Heartbeats(WorkerInfo self, Timers timers, Duration lease) {
    this.self = self;
    this.timers = timers;
    this.lease = lease;
  }

  Duration lease() {
    return lease;
  }

  /** Has peers looked after for which {@code has} says so; it is asked on the node's context. */
  void onBusiness(Predicate<WorkerInfo> has) {
    business.add(has);
  }

  void content(Function<WorkerInfo, RefFrame.Heartbeat> made) {
    content = made;
  }

  void start(Supplier<Collection<Link>> links) {
    stop = timers.every(lease.dividedBy(A_LEASE), () -> links.get().forEach(this::beat));
  }

  private void beat(Link link) {
    link.watchStream();
    WorkerInfo peer = link.peer();
    if (!peer.equals(self) && link.isQuiet()
        && (link.takeAsked() || business.stream().anyMatch(has -> has.test(peer)))) {
      link.send(Outgoing.of(content.apply(peer)));
    }
  }

  void stop() {
    stop.run();
  }
}
