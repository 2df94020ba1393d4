package dev.vertxrpc.runtime;

import static dev.vertxrpc.testing.TestGroup.failure;
import static dev.vertxrpc.testing.TestGroup.get;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxrpc.RRef;
import dev.vertxrpc.cluster.Counter;
import dev.vertxrpc.cluster.Ops;
import dev.vertxrpc.ref.RefOps;
import dev.vertxrpc.testing.Gates;
import dev.vertxrpc.testing.TestGroup;
import io.vertx.core.Future;
import java.time.Duration;
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
  @Tag("T027")
  @Tag("T176")
  void aWorkerThatWaitsForTheOthersGoesOnServing() {
    try (TestGroup group = TestGroup.local(2)) {
      Future<Void> first = group.worker(0).shutdown();

      assertThat(get(group.rpc(1).on("w0").call(Ops::greet, "ada"))).isEqualTo("hello ada from w0");
      assertThat(first.isComplete()).isFalse();
    }
  }

  @Test
  @Tag("T160")
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
          .hasMessageContaining("2 calls under way");
      failure(other);
      group.lose(0);
      group.lose(1);
    }
  }

  @Test
  @Tag("T028")
  void theSecondShutdownIsTheFirst() {
    TestGroup group = TestGroup.local(2);
    group.close();

    get(group.worker(0).shutdown());
    get(group.worker(0).ended());
  }
}
