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

  private HeldFork fork(int number) {
    return HeldFork.created(new Fork(new RefId(10, number), new ForkId(10, number), 11, 10), owner,
        Promise.promise(), 0, null);
  }

  private HeldFork hold(int number) {
    HeldFork fork = fork(number);
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
    assertThat(held.waitsFor(12)).isFalse();
  }

  @Test
  void aForkThatComesTwiceIsCountedOnce() {
    HeldFork first = fork(1);

    assertThat(held.add(first)).isTrue();
    assertThat(held.add(fork(1))).isFalse();

    assertThat(held.tally(11).count()).isEqualTo(1);
    assertThat(held.find(first.fork().id())).isSameAs(first);
  }

  @Test
  void waitsForTheHoldersOfItsChildrenOnly() {
    hold(1);
    hold(2);
    held.dropChild(new ForkId(10, MANY + 1));
    assertThat(held.waitsFor(12)).isTrue();

    held.dropChild(new ForkId(10, MANY + 2));

    assertThat(held.waitsFor(12)).isFalse();
    assertThat(held.waitsFor(11)).isFalse();
  }
}
