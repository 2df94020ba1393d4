package dev.vertxrpc.wire;

import dev.vertxrpc.RpcFailure;
import dev.vertxrpc.WorkerInfo;
import io.vertx.core.Future;
import io.vertx.core.internal.ContextInternal;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * Takes the batches that come for one worker: opens links, ends them, acknowledges, and has the frames of the known
 * peers delivered. Batches come on the node's context, those in streams on the worker's; there the frames of all are
 * read, in their order.
 */
final class Intake {
  /** What others wait for, and what is of no order. */
  private static final Set<FrameType> OF_LANES =
      EnumSet.of(FrameType.CHUNK, FrameType.OFFER, FrameType.INVITE, FrameType.OPENED);

  private final Endpoint endpoint;
  private final ContextInternal context;
  private final Delivery delivery;
  private Function<WorkerInfo, Future<Boolean>> strangers = stranger -> Future.succeededFuture(true);

  Intake(Endpoint endpoint, ContextInternal context, Delivery delivery) {
    this.endpoint = endpoint;
    this.context = context;
    this.delivery = delivery;
  }

  void onStranger(Function<WorkerInfo, Future<Boolean>> stranger) {
    strangers = stranger;
  }

  void take(Batch batch) {
    long sender = batch.sender();
    Link link = endpoint.find(sender);
    if (!batch.isPlausible()) {
      context.runOnContext(now -> delivery.drop(sender, List.of(),
          "a batch that says it has " + batch.count() + " frames"));
    } else if (batch.first() == Batch.UNNUMBERED && batch.count() > 0) {
      context.runOnContext(now -> batch.forEach(frame -> onLinkFrame(sender, frame),
          (reason, forks) -> delivery.drop(sender, forks, reason)));
    } else if (link == null || link.isClosed()) {
      context.runOnContext(now -> onLateBatch(sender, link, batch));
    } else {
      if (link.reader().receive(batch)) {
        deliverSoon(link);
      }
    }
  }

  /** Takes what came in the stream of {@code link}. On the worker's context. */
  void take(Link link, Batch batch) {
    if (!link.isClosed() && link.reader().receiveInStream(batch, () -> deliverSoon(link))) {
      onArrivals(link);
    }
  }

  private void deliverSoon(Link link) {
    context.runOnContext(now -> onArrivals(link));
  }

  private void onArrivals(Link link) {
    LinkReader reader = link.reader();
    for (ReceiveWindow.Arrival next = reader.nextArrival(); next != null; next = reader.nextArrival()) {
      onFrames(link, next.batch(), next.known());
    }
  }

  private void onLinkFrame(long sender, Frame frame) {
    Link link = endpoint.find(sender);
    if (frame instanceof Frame.Hello hello) {
      onHello(hello);
    } else if (link == null || link.isClosed()) {
      delivery.drop(sender, frame.forks(),
          frame.type() + " from a worker that is " + (link == null ? "not known" : "gone"));
    } else if (frame instanceof Frame.Welcome) {
      link.open();
    } else if (frame instanceof Frame.Goodbye goodbye) {
      if (goodbye.reason() != RpcFailure.WORKER_LEFT) {
        link.markAccuser();
      }
      endpoint.gone(link.peer(), goodbye.reason(), goodbye.message());
    } else {
      delivery.drop(sender, frame.forks(), frame.type() + " without a number");
    }
  }

  private void onHello(Frame.Hello hello) {
    WorkerInfo peer = hello.worker();
    Frame.Hello own = endpoint.hello();
    if (hello.version() != own.version() || !hello.group().equals(own.group())) {
      endpoint.refuse(peer, new Frame.Goodbye(RpcFailure.PROTOCOL, own.worker().name() + " speaks version "
          + own.version() + " of the protocol in group " + own.group() + ", not " + hello.version() + " in "
          + hello.group()));
      return;
    }
    Link link = endpoint.find(peer.incarnation());
    if (link != null && link.isClosed()) {
      link.farewell(farewell(link));
    } else if (link != null && link.isOpen()) {
      link.welcome();
    } else {
      // Whoever is welcome may be called at once, so it has to be known before; who is no member is not welcome.
      strangers.apply(peer).onSuccess(isMember -> {
        if (isMember) {
          endpoint.welcome(peer);
        } else {
          endpoint.refuse(peer, new Frame.Goodbye(RpcFailure.WORKER_LOST,
              own.worker().name() + " knows of no " + peer + " in group " + own.group()));
        }
      });
    }
  }

  /** Delivers all but the first {@code known} frames. */
  private void onFrames(Link link, Batch batch, int known) {
    String[] damage = {null};
    batch.forEach(known, link.reader().heard(), link.incoming().source(), frame -> {
      try {
        deliver(link, frame);
      } finally {
        link.incoming().giveBack();
      }
    }, (reason, forks) -> {
      damage[0] = reason;
      link.incoming().giveBack();
      delivery.drop(link.peer().incarnation(), forks, reason);
    });
    if (damage[0] != null) {
      link.unreadable(damage[0]);
    }
  }

  // Calls and results wait for what they bring themselves, and nobody behind them has to; rounds take values as they
  // come. What others wait for must not wait in turn.
  private void deliver(Link link, Frame frame) {
    boolean waitsItself = frame.type() == FrameType.CALL || frame.type() == FrameType.RESULT;
    Order order = link.incoming().order();
    if (OF_LANES.contains(frame.type()) || order.isFree() && (waitsItself || !frame.isPending())) {
      delivery.deliver(link, frame);
      return;
    }
    List<Payload> values = waitsItself ? List.of() : frame.payloads();
    Frame kept;
    try {
      kept = frame.kept();
    } catch (OutOfMemoryError full) {
      String why = "there is no memory for what a " + frame.type() + " brings";
      delivery.drop(link.peer().incarnation(), frame.forks(), why);
      link.unreadable(why);
      return;
    }
    order.deliver(values, () -> {
      if (!values.stream().allMatch(Payload::isThere)) {
        // Some of it was refused; if its sender is gone, that is known.
        link.unreadable("the values of a " + kept.type() + " could not be taken");
      }
      delivery.deliver(link, kept);
    });
  }

  // A peer that was declared lost lives: it has to learn that nothing of what it holds here is valid. The forks in its
  // frames are not settled: both sides give up all that they handed each other, and it may be saying again what was
  // taken before, with handles that are in use here.
  private void onLateBatch(long sender, Link link, Batch batch) {
    String who = link != null && link.isClosed() ? "gone" : "not known";
    batch.forEach(0, link == null ? Heard.NOTHING : link.reader().heard(), BulkSource.IGNORED,
        frame -> delivery.drop(sender, List.of(), frame.type() + " from a worker that is " + who),
        (reason, forks) -> delivery.drop(sender, List.of(), reason));
    if (link != null && link.isClosed() && batch.count() > 0) {
      link.farewell(farewell(link));
    }
  }

  private static Frame.Goodbye farewell(Link link) {
    return new Frame.Goodbye(RpcFailure.WORKER_LOST, "it was taken for " + link.closed().failure());
  }
}
