package dev.vertxrpc.ref;

import static dev.vertxrpc.testing.TestGroup.failure;
import static dev.vertxrpc.testing.TestGroup.get;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxrpc.RRef;
import dev.vertxrpc.Rpc;
import dev.vertxrpc.RpcFailure;
import dev.vertxrpc.cluster.AsyncOps;
import dev.vertxrpc.cluster.Counter;
import dev.vertxrpc.testing.Gates;
import dev.vertxrpc.testing.TestGroup;
import dev.vertxrpc.testing.Way;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The limit that a view of a reference sets to what is asked of the value, here or elsewhere. */
class LimitsOfReferencesTest {
  private static final TestGroup GROUP = TestGroup.local(2);
  private static final Rpc RPC = GROUP.rpc(0);
  private static final List<String> OWNERS = List.of("w0", "w1");
  private static final Duration SHORT = Duration.ofMillis(20);

  @AfterAll
  static void close() {
    GROUP.close();
  }

  private static void assertTimesOut(Future<?> future) {
    assertThat(RpcFailure.of(failure(future))).isEqualTo(RpcFailure.TIMEOUT);
  }

  @ParameterizedTest
  @EnumSource
  @Tag("T167")
  void endsWaitingForASlowMethodAndForAValueThatIsBeingMade(Way way) {
    for (String owner : OWNERS) {
      String gate = Gates.name();
      try (RRef<RefOps.Gated> gated = RPC.on(owner).create(RefOps.Gated::new);
           RRef<Counter> inTheMaking = RPC.on(owner).remote(RefOps::counterAfter, gate, 4)) {
        RRef<RefOps.Gated> hasty = gated.withTimeout(SHORT);
        RRef<Counter> hastyToo = inTheMaking.withTimeout(SHORT);

        assertTimesOut(way.run(() -> hasty.call(RefOps.Gated::pass, gate),
            () -> hasty.remote(RefOps.Gated::pass, gate)));
        assertTimesOut(way.run(() -> hastyToo.call(Counter::get), () -> hastyToo.remote(Counter::get)));
        Gates.open(gate);

        assertThat(get(gated.call(RefOps.Gated::pass, gate))).isEqualTo("passed");
        assertThat(get(inTheMaking.call(Counter::get))).isEqualTo(4);
      }
    }
  }

  @Test
  @Tag("T205")
  void endsOneFetchAndNotTheNext() {
    for (String owner : OWNERS) {
      String gate = Gates.name();
      try (RRef<Integer> slow = RPC.on(owner).remote(AsyncOps::after, gate)) {
        assertTimesOut(slow.withTimeout(SHORT).toHere());
        assertTimesOut(slow.withTimeout(SHORT).toHere());

        Future<Integer> patient = slow.toHere();
        Gates.open(gate);

        assertThat(get(patient)).isEqualTo(42);
      }
    }
  }
}
