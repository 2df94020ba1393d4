package dev.vertxrpc.wire;

import static dev.vertxrpc.testing.TestGroup.get;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxrpc.WorkerInfo;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Two workers, a and b, of two nodes that share nothing but a bus, and what has come from a to b. Confined to the
 * test's thread.
 */
final class Beside implements AutoCloseable {
  static final int MIB = 1024 * 1024;
  private static final long PATIENCE_SECONDS = 20;
  private static final int MOST_ATTEMPTS = 1_000;

  final LinkedBlockingQueue<Buffer> arrived = new LinkedBlockingQueue<>();
  /** The numbers of the frames of b, as they were delivered. */
  final LinkedBlockingQueue<Long> order = new LinkedBlockingQueue<>();
  final LinkedBlockingQueue<Frame.Opened> answers = new LinkedBlockingQueue<>();
  final AtomicInteger chunks = new AtomicInteger();
  final Vertx vertx = Vertx.vertx();
  final Peer a;
  final Peer b;
  private final TwoNodes nodes;
  private final Random random = seeded();

  Beside(LaneOptions.Kind kind, int nodeBytes, int mostBytes) {
    this(kind, nodeBytes, mostBytes, Path.of("/none"));
  }

  private Beside(LaneOptions.Kind kind, int nodeBytes, int mostBytes, Path directory) {
    ArenaFiles files = new ArenaFiles(directory);
    LaneOptions options = new LaneOptions(kind, MIB, nodeBytes, mostBytes, Optional.empty(), 0);
    nodes = new TwoNodes(vertx, new ClusterBus(vertx.eventBus()), files, files);
    a = nodes.a;
    b = nodes.b;
    a.endpoint.lanes().options(options);
    b.endpoint.lanes().options(options);
    b.endpoint.receive(FrameType.RESULT, (WorkerInfo from, Frame.Result result) -> {
      order.add(result.callId());
      result.value().whenThere(why ->
          arrived.add(why == null ? result.value().bulk().get(0) : Buffer.buffer(why)));
    });
    b.endpoint.receive(FrameType.FETCH, (WorkerInfo from, Frame.Fetch fetch) -> order.add(fetch.callId()));
    b.endpoint.receive(FrameType.CHUNK, (WorkerInfo from, Frame.Chunk chunk) -> {
      chunks.incrementAndGet();
      incoming().take(chunk);
    });
    a.endpoint.receive(FrameType.OPENED, (WorkerInfo from, Frame.Opened opened) -> {
      answers.add(opened);
      a.endpoint.find(from.incarnation()).opened(opened);
    });
    a.open().start();
    b.open().start();
  }

  static Beside of(LaneOptions.Kind kind) {
    return new Beside(kind, 1024 * MIB, Integer.MAX_VALUE);
  }

  /** They share memory, by files in {@code directory}. */
  static Beside sharing(Path directory) {
    return new Beside(LaneOptions.Kind.SHM, 1024 * MIB, Integer.MAX_VALUE, directory);
  }

  private static Random seeded() {
    long seed = System.nanoTime();
    System.out.println("seed " + seed);
    return new Random(seed);
  }

  IncomingLane incoming() {
    return b.endpoint.find(a.self.incarnation()).incoming();
  }

  /** Sends so many bytes, which are returned. */
  Buffer send(long number, int bytes) {
    byte[] content = new byte[bytes];
    random.nextBytes(content);
    Buffer bulk = Buffer.buffer(content);
    a.endpoint.send(b.self, new Frame.Result(number, List.of(), new Payload(Buffer.buffer(), List.of(bulk))));
    return bulk;
  }

  /** Has a batch come to b as if a had written it, whose frames a has not sent itself. */
  void write(Batch batch) {
    get(nodes.bus.to(Peer.address(b.self)).write(batch));
  }

  /** An empty one, of frames that begin with that number. */
  Batch batch(long first) {
    return Batch.from(a.self.incarnation(), first, 0);
  }

  /** Somebody else who can call b. */
  Peer third() {
    return new Peer(vertx, nodes.node(new ArenaFiles(Path.of("/none"))), "c", 3).open().start();
  }

  Buffer next() throws InterruptedException {
    return arrived.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  /** The number of the next frame that was delivered. */
  long nextNumber() throws InterruptedException {
    return order.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  /** Sends until there is a socket. */
  Beside untilOpen() throws InterruptedException {
    for (int i = 0; i < MOST_ATTEMPTS && a.endpoint.lanes().open() == 0; i++) {
      Buffer sent = send(-1, 100_000);
      assertThat(next()).isEqualTo(sent);
    }
    assertThat(a.endpoint.lanes().open()).isEqualTo(1);
    order.clear();
    chunks.set(0);
    return this;
  }

  /** Nothing is left of what was sent. */
  void assertNothingLeft() {
    get(b.run(() -> { }));
    for (int i = 0; i < MOST_ATTEMPTS && a.endpoint.lanes().bytes() > 0; i++) {
      get(a.run(() -> { }));
    }
    assertThat(a.endpoint.lanes().bytes()).isZero();
    assertThat(b.endpoint.lanes().bytes()).isZero();
    assertThat(nodes.nodeOfB.arrivalBudget().used()).isZero();
  }

  @Override
  public void close() {
    nodes.close();
    assertThat(nodes.nodeOfB.arrivalBudget().used()).isZero();
  }
}
