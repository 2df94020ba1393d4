package dev.vertxrpc.wire;

import io.netty.util.Timeout;
import io.vertx.core.Future;
import java.time.Duration;

/**
 * What is said to one peer outside of the order of frames, over the bus alone: HELLO, again and again until it has
 * answered, WELCOME and GOODBYE. Confined to the node's context, except where a method says otherwise.
 */
final class Greeting {
  private static final long FIRST_HELLO_MILLIS = 50;
  private static final long LAST_HELLO_MILLIS = 1_000;

  private final Endpoint endpoint;
  private final Node node;
  private final Bus.Outlet outlet;
  private volatile boolean over;
  private volatile Timeout next;

  Greeting(Endpoint endpoint, Node node, Bus.Outlet outlet) {
    this.endpoint = endpoint;
    this.node = node;
    this.outlet = outlet;
  }

  /** Says HELLO until it is {@linkplain #end over}. Any thread. */
  void begin() {
    node.context().runOnContext(start -> hello(FIRST_HELLO_MILLIS));
  }

  private void hello(long waitMillis) {
    if (over) {
      return;
    }
    // A HELLO that cannot be written is no news: the next one may.
    say(endpoint.hello());
    Timeout scheduled = node.clock().schedule(Duration.ofMillis(waitMillis), () -> node.context()
        .runOnContext(again -> hello(Math.min(2 * waitMillis, LAST_HELLO_MILLIS))));
    next = scheduled;
    if (over) {
      // Meanwhile, and whoever ended it may not have seen this one.
      scheduled.cancel();
    }
  }

  /** The peer has answered, or nobody waits for it any more. Any thread. */
  void end() {
    over = true;
    Timeout last = next;
    if (last != null) {
      last.cancel();
    }
  }

  /** Says {@code frame}, once. */
  Future<Void> say(Frame frame) {
    return outlet.write(Batch.of(endpoint.self().incarnation(), frame));
  }

  /**
   * Says nothing. The bus asks the cluster for the way to an address when it is first written to, and where a member
   * that should know is frozen, that may take as long as the cluster takes to give it up.
   */
  Future<Void> findRoute() {
    return outlet.write(Batch.from(endpoint.self().incarnation(), Batch.UNNUMBERED, 0));
  }
}
