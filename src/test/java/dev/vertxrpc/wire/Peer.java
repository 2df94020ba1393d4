package dev.vertxrpc.wire;

import static dev.vertxrpc.testing.TestGroup.get;

import dev.vertxrpc.RpcListener;
import dev.vertxrpc.WorkerInfo;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.VertxInternal;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A bare endpoint that keeps the numbers of the FETCH frames it gets, and whom it lost. Thread-safe. */
final class Peer {
  private static final long LIMIT_SECONDS = 20;

  final LinkedBlockingQueue<Long> numbers = new LinkedBlockingQueue<>();
  final LinkedBlockingQueue<String> losses = new LinkedBlockingQueue<>();
  final List<String> dropped = new CopyOnWriteArrayList<>();
  final WorkerInfo self;
  final Endpoint endpoint;
  private final ContextInternal context;

  Peer(Vertx vertx, Node node, String name, long incarnation) {
    this(vertx, node, name, incarnation, Duration.ofSeconds(5));
  }

  Peer(Vertx vertx, Node node, String name, long incarnation, Duration lease) {
    self = worker(name, incarnation);
    context = ((VertxInternal) vertx).createEventLoopContext();
    endpoint = node.endpoint(context, "g", self, new RpcListener() {
      @Override
      public void messageDropped(String reason) {
        dropped.add(reason);
      }
    }, lease);
    endpoint.receive(FrameType.FETCH, (WorkerInfo from, Frame.Fetch fetch) -> numbers.add(fetch.callId()));
    endpoint.onLoss((peer, reason, message) -> losses.add(peer.name() + " " + reason + " " + message));
  }

  static WorkerInfo worker(String name, long incarnation) {
    return new WorkerInfo(name, 0, incarnation, Set.of());
  }

  static Frame frame(long number) {
    return new Frame.Fetch(number, -1, new RefId(0, 0), "");
  }

  static String address(WorkerInfo worker) {
    return "rpc.g." + worker.name() + "." + Long.toHexString(worker.incarnation());
  }

  /** Puts {@code frame} on the bus as a peer of another make would. */
  static void write(Vertx vertx, WorkerInfo from, WorkerInfo to, Frame frame) {
    Batch batch = Batch.from(from.incarnation(), frame instanceof Frame.Fetch ? 1 : Batch.UNNUMBERED, 0);
    batch.add(frame);
    vertx.eventBus().send(address(to), batch, new DeliveryOptions().setCodecName(BatchCodec.NAME));
  }

  static Batch damaged(long sender) {
    return new Batch(header(sender, Batch.UNNUMBERED, 1).appendInt(1).appendByte((byte) 99));
  }

  /** What a batch begins with. */
  static Buffer header(long sender, long first, int count) {
    return Buffer.buffer().appendLong(sender).appendLong(first).appendInt(count).appendLong(0);
  }

  Peer open() {
    get(endpoint.open());
    return this;
  }

  Peer start() {
    get(run(endpoint::start));
    return this;
  }

  /** Completes when {@code task} has run on the worker's context, behind all that was there before. */
  Future<Void> run(Runnable task) {
    Promise<Void> done = Promise.promise();
    context.runOnContext(now -> {
      task.run();
      done.complete();
    });
    return done.future();
  }

  void send(Peer to, long number) {
    endpoint.send(to.self, frame(number));
  }

  /** The next number; -1 when none comes. */
  long number() throws InterruptedException {
    Long number = numbers.poll(LIMIT_SECONDS, TimeUnit.SECONDS);
    return number == null ? -1 : number;
  }

  /** The next loss; "none" when there is none. */
  String loss() throws InterruptedException {
    String loss = losses.poll(LIMIT_SECONDS, TimeUnit.SECONDS);
    return loss == null ? "none" : loss;
  }
}
