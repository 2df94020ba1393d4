package dev.vertxrpc.runtime;

import static dev.vertxrpc.testing.TestGroup.failure;
import static dev.vertxrpc.testing.TestGroup.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.vertxrpc.RRef;
import dev.vertxrpc.cluster.Counter;
import dev.vertxrpc.cluster.Ops;
import dev.vertxrpc.ref.RefOps;
import dev.vertxrpc.testing.Gates;
import dev.vertxrpc.testing.TestGroup;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class ShutdownTest {
  @Test
  void waitsForAChainThatNobodyWaitsFor() {
    TestGroup group = TestGroup.local(3);
    RRef<Counter> counter = group.rpc(1).own(new Counter(0));
    Future<Integer> chain = group.rpc(1).on("w2").call(RefOps::forward, counter, 20);

    group.close();

    assertThat(chain.isComplete()).isTrue();
    assertThat(get(chain)).isZero();
  }

  @Test
  @Tag("T081")
  void waitsForAChainEachLinkOfWhichWaitsForNone() {
    TestGroup group = TestGroup.local(4);
    Functions.HOPS.set(0);
    group.rpc(1).on("w2").call(Functions::hop, 20);

    group.close();

    assertThat(Functions.HOPS).hasValue(20);
  }

  @Test
  void waitsForAChainEachLinkOfWhichHasAValueMade() {
    JsonObject slowCalls = new JsonObject().put("faults", new JsonArray().add(
        new JsonObject().put("frame", "CALL").put("action", "delay").put("count", 100).put("delayMs", 200)));
    TestGroup group = TestGroup.local(3, slowCalls);
    Functions.HOPS.set(0);
    group.rpc(1).on("w2").remote(Functions::keptHop, 8);

    group.close();

    assertThat(Functions.HOPS).hasValue(8);
  }

  @Test
  @Tag("T028")
  void meetsTwiceInARow() {
    try (TestGroup group = TestGroup.local(3)) {
      List<Future<String>> calls = List.of(group.rpc(0).on("w1").call(Ops::greet, "ada"),
          group.rpc(2).on("w0").call(Ops::greet, "bob"));

      meetTwice(group);

      assertThat(calls.stream().map(TestGroup::get).toList())
          .containsExactly("hello ada from w1", "hello bob from w0");
    }
  }

  private static void meetTwice(TestGroup group) {
    for (int i = 0; i < 2; i++) {
      List.of(0, 1, 2).stream().map(rank -> group.rpc(rank).collectives().barrier()).toList()
          .forEach(TestGroup::get);
    }
  }

  @Test
  @Tag("T177")
  void meetsTwiceInARowAfterPayloadsBesideTheValues() {
    try (TestGroup group = TestGroup.local(3)) {
      byte[] shared = new byte[100_000];
      List<Future<Integer>> calls = List.of(
          group.rpc(0).on("w1").call(Functions::size, shared, List.of(shared, new byte[5])),
          group.rpc(2).on("w0").call(Functions::size, shared, List.of(shared)));

      meetTwice(group);

      assertThat(calls.stream().map(TestGroup::get).toList()).containsExactly(200_005, 200_000);
    }
  }

  @Test
  void leavesNoThread() {
    TestGroup group = TestGroup.local(2, new JsonObject().put("executor", "pool"));
    get(group.rpc(0).on("w1").call(Functions::size, new byte[1], List.of()));
    List<Thread> own = Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith("rpc-w1-")).toList();

    group.close();

    assertThat(own).isNotEmpty();
    for (Thread thread : own) {
      assertThatCode(() -> thread.join(10_000)).doesNotThrowAnyException();
    }
    assertThat(own).noneMatch(Thread::isAlive);
  }

  @Test
  @Tag("T027")
  void aWorkerThatWaitsForTheOthersGoesOnServing() {
    try (TestGroup group = TestGroup.local(2)) {
      Future<Void> first = group.worker(0).shutdown();

      assertThat(get(group.rpc(1).on("w0").call(Ops::greet, "ada"))).isEqualTo("hello ada from w0");
      assertThat(first.isComplete()).isFalse();
    }
  }

  @Test
  @Tag("T176")
  void aWorkerThatWaitsForTheOthersGoesOnServingPayloadsBesideTheValues() {
    try (TestGroup group = TestGroup.local(3)) {
      byte[] shared = new byte[100_000];
      Future<Void> first = group.worker(0).shutdown();

      List<Future<Integer>> late = List.of(
          group.rpc(1).on("w0").call(Functions::size, shared, List.of(shared)),
          group.rpc(1).on("w2").call(Functions::size, shared, List.of(shared, new byte[5])),
          group.rpc(2).on("w0").call(Functions::size, new byte[7], List.of(shared, shared, shared)));

      assertThat(late.stream().map(TestGroup::get).toList()).containsExactly(200_000, 200_005, 300_007);
      assertThat(first.isComplete()).isFalse();
    }
  }

  @Test
  void failsInItsPhaseWhenAMemberDoesNotCome() {
    try (TestGroup group = TestGroup.local(2)) {
      Throwable late = failure(group.worker(1).shutdown(Duration.ofMillis(100)));

      assertThat(late).hasMessageContaining("shutdown of w1 (rank 1) failed in phase meet")
          .hasMessageContaining("no contribution from [w0]");
      group.lose(1);
    }
  }

  @Test
  void tellsTheOthersWhichFailureItGoesBecauseOf() {
    try (TestGroup group = TestGroup.local(2)) {
      Future<Void> pending = group.rpc(0).on("w1").call(RefOps::after, Gates.name());

      failure(group.worker(1).shutdown(Duration.ofMillis(100)));

      assertThat(failure(pending)).hasMessageContaining("it left the group, because shutdown of w1")
          .hasMessageContaining("no contribution from [w0]");
      group.lose(1);
    }
  }

  @Test
  void failsInItsPhaseWhenAFunctionDoesNotEnd() {
    try (TestGroup group = TestGroup.local(2)) {
      group.rpc(1).on("w1").call(RefOps::after, Gates.name());
      Future<Void> other = group.worker(0).shutdown(Duration.ofMillis(200));
      Future<Void> stuck = group.worker(1).shutdown(Duration.ofMillis(200));

      assertThat(failure(stuck)).hasMessageContaining("phase drain")
          .hasMessageContaining("2 calls under way, waiting for [w1 (rank 1)]");
      failure(other);
      group.lose(0);
      group.lose(1);
    }
  }

  @Test
  void theSecondShutdownIsTheFirst() {
    TestGroup group = TestGroup.local(2);
    group.close();

    get(group.worker(0).shutdown());
    get(group.worker(0).ended());
  }
}
