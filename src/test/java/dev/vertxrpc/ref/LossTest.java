package dev.vertxrpc.ref;

import static dev.vertxrpc.testing.TestGroup.failure;
import static dev.vertxrpc.testing.TestGroup.get;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxrpc.RRef;
import dev.vertxrpc.Rpc;
import dev.vertxrpc.RpcFailure;
import dev.vertxrpc.cluster.Counter;
import dev.vertxrpc.cluster.Waiting;
import dev.vertxrpc.testing.Gates;
import dev.vertxrpc.testing.TestGroup;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What happens to references when a worker that has to do with them goes, in good order or not. */
class LossTest {
  private final TestGroup group = TestGroup.local(3);
  private final Rpc rpc = group.rpc(0);

  @AfterEach
  void close() {
    group.close();
  }

  @Test
  void anOwnerThatEndsAtOnceFailsItsHandles() {
    RRef<Counter> counter = rpc.on("w2").create(Counter::new, 1);
    get(counter.confirmed());

    group.lose(2);

    group.eventually("the handle has failed", () -> group.figure(0, "users") == 0);
    assertThat(RpcFailure.of(failure(counter.call(Counter::get)))).isEqualTo(RpcFailure.OWNER_LOST);
    assertThat(RpcFailure.of(failure(rpc.on("w1").call(RefOps::read, counter))))
        .isEqualTo(RpcFailure.OWNER_LOST);
    assertThat(counter.owner().name()).isEqualTo("w2");
  }

  @Test
  void anOwnerThatLeavesFailsItsHandles() {
    RRef<Counter> counter = rpc.on("w2").create(Counter::new, 1);
    get(counter.confirmed());

    group.leave(2);

    group.eventually("the handle has failed", () -> group.figure(0, "users") == 0);
    assertThat(failure(counter.toHere())).hasMessageContaining("w2 (rank 2), which kept the value")
        .satisfies(cause -> assertThat(RpcFailure.of(cause)).isEqualTo(RpcFailure.OWNER_LOST));
  }

  @Test
  void theForksOfAHolderThatEndsAtOnceAreDropped() {
    RRef<Counter> mine = rpc.own(new Counter(1));
    RRef<Counter> theirs = get(group.rpc(2).on("w0").call(RefOps::createOn, "w0", 3));
    RRef<RRef<Counter>> kept = rpc.on("w2").remote(RefOps::pass, mine);
    get(kept.confirmed());
    assertThat(group.figure(0, "owners")).isEqualTo(2);

    group.lose(2);

    group.eventually("nobody holds them", () -> group.figure(0, "owners") == 0);
    assertThat(get(mine.call(Counter::get))).isEqualTo(1);
    assertThat(theirs.isOwner()).isFalse();
    mine.close();
  }

  @Test
  void theForksOfAHolderThatLeavesAreDropped() {
    RRef<Counter> theirs = get(group.rpc(2).on("w0").call(RefOps::createOn, "w0", 3));

    group.leave(2);

    group.eventually("nobody holds it", () -> group.figure(0, "owners") == 0);
    assertThat(theirs.isOwner()).isFalse();
  }

  private RRef<String> madeForW2AndHeldHere(String gate) {
    RRef<String> value = get(rpc.on("w2").call(RefOps::blockOn, "w1", gate));
    get(value.confirmed());
    get(Gates.opened(gate + "-started"));
    return value;
  }

  @Test
  void aValueThatOthersHoldIsMadeAlthoughItsCreatorIsGone() {
    String gate = Gates.name();
    try (RRef<String> value = madeForW2AndHeldHere(gate)) {
      group.lose(2);
      get(rpc.on("w1").call(RefOps::ramp, 1));
      Gates.open(gate);

      assertThat(get(value.toHere())).isEqualTo("opened");
    }
  }

  @Test
  void aValueIsNotMadeAnyMoreWhenItsCreatorIsGoneAndNobodyElseHoldsIt() {
    String gate = Gates.name();
    group.rpc(2).on("w1").remote(Waiting::block, gate);
    get(Gates.opened(gate + "-started"));

    group.lose(2);

    get(Gates.opened(gate + "-interrupted"));
  }

  @Test
  void aValueIsNotMadeAnyMoreWhenTheLastHolderLetsGoAfterItsCreator() {
    String gate = Gates.name();
    RRef<String> value = madeForW2AndHeldHere(gate);
    group.leave(2);
    get(rpc.on("w1").call(RefOps::ramp, 1));
    assertThat(Gates.opened(gate + "-interrupted").isComplete()).isFalse();

    value.close();

    get(Gates.opened(gate + "-interrupted"));
  }

  @Test
  void aParentNeedNotWaitForAChildWhoseHolderIsGone() {
    RRef<Counter> counter = rpc.on("w1").create(Counter::new, 1);
    get(counter.confirmed());
    group.lose(2);

    failure(rpc.on("w2").call(RefOps::read, counter));

    group.eventually("no child is undecided", () -> group.figure(0, "pendingChildren") == 0);
    counter.close();
    group.eventually("the value is freed", () -> group.figure(1, "owners") == 0);
  }

  @Test
  void callsOnAValueOfAnOwnerThatEndsFail() {
    RRef<Counter> counter = rpc.on("w2").remote(RefOps::counterAfter, Gates.name(), 1);
    var pending = counter.call(Counter::get);
    get(counter.confirmed());

    group.lose(2);

    assertThat(RpcFailure.of(failure(pending))).isEqualTo(RpcFailure.WORKER_LEFT);
  }
}
