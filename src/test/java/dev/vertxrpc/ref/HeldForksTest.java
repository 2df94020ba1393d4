package dev.vertxrpc.ref;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import dev.vertxrpc.RpcException;
import dev.vertxrpc.RpcFailure;
import dev.vertxrpc.WorkerInfo;
import dev.vertxrpc.wire.Fork;
import dev.vertxrpc.wire.ForkId;
import dev.vertxrpc.wire.RefId;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;

class HeldForksTest {
  private static final int MANY = 200_000;

  private final WorkerInfo owner = new WorkerInfo("w1", 1, 11, Set.of());
  private final HeldForks held = new HeldForks((to, fork) -> { });

  private HeldFork hold(int number) {
    HeldFork fork = HeldFork.created(new Fork(new RefId(10, number), new ForkId(10, number), 11, 10), owner,
        Promise.promise(), 0, null);
    held.add(fork);
    held.addChild(fork, new ForkId(10, MANY + number), 12);
    return fork;
  }

  @Test
  void failsAllHandlesOfALostOwnerInTimeThatGrowsWithTheirNumberOnly() {
    for (int i = 0; i < MANY; i++) {
      hold(i);
    }

    assertTimeout(Duration.ofSeconds(10), () ->
        held.fail(held.of(owner), RpcException.of(RpcFailure.OWNER_LOST, "gone")));

    assertThat(held.isEmpty()).isTrue();
  }
}
