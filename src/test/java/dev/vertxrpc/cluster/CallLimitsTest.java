package dev.vertxrpc.cluster;

import static dev.vertxrpc.testing.TestGroup.failure;
import static dev.vertxrpc.testing.TestGroup.get;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxrpc.CallOptions;
import dev.vertxrpc.RpcException;
import dev.vertxrpc.RpcFailure;
import dev.vertxrpc.testing.Gates;
import dev.vertxrpc.testing.TestGroup;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What happens beyond the limits on the calls of one peer: refused at once, and the worker serves on. */
class CallLimitsTest {
  private static JsonObject limits(String key, int limit) {
    return new JsonObject().put("limits", new JsonObject().put(key, limit));
  }

  private static void assertOverloaded(Future<?> call, String text) {
    RpcException failure = (RpcException) failure(call);
    assertThat(failure.failure()).isEqualTo(RpcFailure.OVERLOADED);
    assertThat(failure.mayHaveRun()).isFalse();
    assertThat(failure.isRetryable()).isTrue();
    assertThat(failure).hasMessageContaining(text);
  }

  @Test
  void refusesMoreCallsUnderWayToOneWorkerThanMaxCallsPerPeer() {
    String gate = Gates.name();
    try (TestGroup group = TestGroup.local(3, limits("maxCallsPerPeer", 2))) {
      List<Future<String>> first = new ArrayList<>();
      for (int i = 0; i < 2; i++) {
        first.add(group.rpc(0).on("w1").call(Functions::pend, gate));
      }

      assertOverloaded(group.rpc(0).on("w1").call(Functions::self),
          "Functions.self() on w1 (rank 1), call 3: 2 calls are under way, and maxCallsPerPeer is 2");

      assertThat(get(group.rpc(0).on("w2").call(Functions::self))).isEqualTo("w2");
      assertThat(get(group.rpc(2).on("w1").call(Functions::self))).isEqualTo("w1");
      Functions.answer(gate, "done");
      first.forEach(call -> assertThat(get(call)).isEqualTo("done"));
      assertThat(get(group.rpc(0).on("w1").call(Functions::self))).isEqualTo("w1");
    }
  }

  @Test
  void aWorkerRefusesWhatItsPeersOwnLimitLetThrough() {
    String gate = Gates.name();
    try (TestGroup group = TestGroup.differing(2, rank -> rank == 1
        ? limits("maxCallsPerPeer", 1) : new JsonObject())) {
      Future<String> first = group.rpc(0).on("w1").call(Functions::pend, gate);

      assertOverloaded(group.rpc(0).on("w1").call(Functions::self), "maxCallsPerPeer is 1");

      Functions.answer(gate, "done");
      assertThat(get(first)).isEqualTo("done");
      assertThat(get(group.rpc(0).on("w1").call(Functions::self))).isEqualTo("w1");
    }
  }

  @Test
  void refusesMoreBytesUnderWayThanMaxBytesPerPeerButNotOneCallAlone() {
    String gate = Gates.name();
    try (TestGroup group = TestGroup.local(2, limits("maxBytesPerPeer", 10_000))) {
      double[] large = new double[10_000];
      assertThat(get(group.rpc(0).on("w1").call(Functions::length, large))).isEqualTo(10_000);
      Future<String> first = group.rpc(0).on("w1").call(Functions::pend, gate);

      assertOverloaded(group.rpc(0).on("w1").call(Functions::length, large), "maxBytesPerPeer is 10000");

      Functions.answer(gate, "done");
      assertThat(get(first)).isEqualTo("done");
      assertThat(get(group.rpc(0).on("w1").call(Functions::length, large))).isEqualTo(10_000);
    }
  }

  @Test
  void countsAValueThatIsToBeMadeUntilItsOwnerHasHeardOfIt() {
    try (TestGroup group = TestGroup.differing(2, rank -> rank == 0
        ? limits("maxCallsPerPeer", 1) : new JsonObject())) {
      for (int i = 0; i < 3; i++) {
        assertThat(get(group.rpc(1).on("w0").call(Waiting::twoValues, "w1"))).isEqualTo("OVERLOADED");
      }
    }
  }

  @Test
  void countsHeadersToo() {
    String gate = Gates.name();
    CallOptions heavy = CallOptions.create().withHeader("large", "x".repeat(10_000));
    try (TestGroup group = TestGroup.local(2, limits("maxBytesPerPeer", 10_000))) {
      Future<String> first = group.rpc(0).on("w1").call(Functions::pend, gate);

      assertOverloaded(group.rpc(0).on("w1").with(heavy).call(Functions::self), "maxBytesPerPeer is 10000");

      Functions.answer(gate, "done");
      assertThat(get(first)).isEqualTo("done");
    }
  }
}
