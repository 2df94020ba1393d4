package dev.vertxrpc.wire;

import static dev.vertxrpc.testing.TestGroup.get;

import io.vertx.core.Vertx;
import io.vertx.core.internal.VertxInternal;
import java.time.Duration;

/**
 * Two peers, a and b, of two nodes that share nothing but a bus, as two processes of one host would. They are opened by
 * whoever makes them. Confined to the test's thread.
 */
final class TwoNodes implements AutoCloseable {
  static final Duration LEASE = Duration.ofSeconds(2);

  final Vertx vertx;
  final Bus bus;
  final Node nodeOfB;
  final Peer a;
  final Peer b;
  private final Clock clock = new WheelClock();

  /** Closes {@code vertx} with them. */
  TwoNodes(Vertx vertx, Bus bus, ArenaFiles ofA, ArenaFiles ofB) {
    this.vertx = vertx;
    this.bus = bus;
    nodeOfB = node(ofB);
    a = new Peer(vertx, node(ofA), "a", 1, LEASE);
    b = new Peer(vertx, nodeOfB, "b", 2, LEASE);
  }

  /** One more. */
  Node node(ArenaFiles files) {
    return new Node((VertxInternal) vertx, clock, bus, files);
  }

  @Override
  public void close() {
    get(a.endpoint.close());
    get(b.endpoint.close());
    clock.stop();
    get(vertx.close());
  }
}
