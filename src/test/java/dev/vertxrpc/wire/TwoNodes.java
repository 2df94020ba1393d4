package dev.vertxrpc.wire;

import static dev.vertxrpc.testing.TestGroup.get;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.internal.VertxInternal;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Two peers, a and b, of two nodes that share nothing but a bus, as two processes of one host would. They are opened by
 * whoever makes them; when they are closed nothing may be left that rings. Confined to the test's thread.
 */
final class TwoNodes implements AutoCloseable {
  static final Duration LEASE = Duration.ofSeconds(2);
  private static final int MOST_ATTEMPTS = 200;
  private static final int LOOK_AGAIN_MS = 5;

  final Vertx vertx;
  final Bus bus;
  final Node nodeOfB;
  final Peer a;
  final Peer b;
  private final CountedClock clock = new CountedClock();

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

  // Where something ends on two threads, an alarm may be set that is cancelled in a moment.
  private void assertNoAlarmIsSet() {
    for (int i = 0; i < MOST_ATTEMPTS && clock.alarms() > 0; i++) {
      get(vertx.timer(LOOK_AGAIN_MS, TimeUnit.MILLISECONDS));
    }
    assertThat(clock.alarms()).as("alarms that are set when both have ended").isZero();
  }

  @Override
  public void close() {
    get(a.endpoint.close());
    get(b.endpoint.close());
    assertNoAlarmIsSet();
    clock.stop();
    get(vertx.close());
  }
}
