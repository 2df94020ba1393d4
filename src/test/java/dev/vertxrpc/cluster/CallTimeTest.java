package dev.vertxrpc.cluster;

import static dev.vertxrpc.testing.TestGroup.failure;
import static dev.vertxrpc.testing.TestGroup.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vertxrpc.CallContext;
import dev.vertxrpc.RpcException;
import dev.vertxrpc.RpcFailure;
import dev.vertxrpc.testing.TestGroup;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class CallTimeTest {
  private final TestGroup group =
      TestGroup.local(2, new JsonObject().put("executor", "pool").put("callTimeoutMs", 60));

  @AfterEach
  void close() {
    group.close();
  }

  @Test
  @Tag("T106")
  void failsACallThatTakesLongerThanTheDefault() {
    RpcException failure = (RpcException) failure(group.rpc(0).on("w1").call(Functions::pend, "default"));
    Functions.promise("default").complete("late");

    assertThat(failure.failure()).isEqualTo(RpcFailure.TIMEOUT);
    assertThat(failure.mayHaveRun()).isTrue();
    assertThat(failure.getMessage()).matches(
        "no reply from w1 \\(rank 1\\) within (59|60) ms to .*Functions.pend\\(String\\), call [0-9]+");
  }

  @Test
  @Tag("T107")
  void prefersTheLimitOfTheCall() {
    long start = System.nanoTime();
    Throwable failure = failure(group.rpc(0).on("w1").withTimeout(Duration.ofMillis(200))
        .call(Functions::pend, "longer"));
    Functions.promise("longer").complete("late");

    assertThat(RpcFailure.of(failure)).isEqualTo(RpcFailure.TIMEOUT);
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofMillis(200));
  }

  @Test
  @Tag("T106")
  @Tag("T107")
  void neverEndsACallWhoseLimitIsZero() {
    Future<String> call = group.rpc(0).on("w1").withTimeout(Duration.ZERO).call(Functions::pend, "zero");
    // Its own limit is longer than the default, and it was made later.
    failure(group.rpc(0).on("w1").withTimeout(Duration.ofMillis(150)).call(Functions::pend, "zero"));
    assertThat(call.isComplete()).isFalse();

    Functions.promise("zero").complete("at last");

    assertThat(get(call)).isEqualTo("at last");
  }

  @Test
  @Tag("T164")
  void refusesANegativeLimit() {
    assertThatThrownBy(() -> group.rpc(0).on("w1").withTimeout(Duration.ofMillis(-1)))
        .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("negative");
  }

  @Test
  void givesANestedCallNoMoreTimeThanIsLeft() {
    List<String> both = get(group.rpc(0).on("w1").withTimeout(Duration.ofSeconds(5))
        .call(Functions::remainingHereAndThere, "w0", 60_000L));

    String[] here = both.get(0).split(" ");
    String[] there = both.get(1).split(" ");
    assertThat(Long.parseLong(there[0])).isBetween(1L, 5_000L);
    assertThat(there[1]).as("root call").isEqualTo(here[1]);
    assertThat(List.of(here[2], there[2])).containsExactly("w0", "w1");
  }

  @Test
  void keepsTheShorterLimitOfANestedCall() {
    List<String> both = get(group.rpc(0).on("w1").withTimeout(Duration.ZERO)
        .call(Functions::remainingHereAndThere, "w0", 3_000L));

    assertThat(both.get(0)).startsWith("none ");
    assertThat(Long.parseLong(both.get(1).split(" ")[0])).isBetween(1L, 3_000L);
  }

  @Test
  void knowsTheCallAcrossTimersAndWaits() {
    List<Long> composed = get(group.rpc(0).on("w1").withTimeout(Duration.ofSeconds(5)).call(Functions::composed));
    List<Long> awaited = get(group.rpc(0).on("w1").withTimeout(Duration.ofSeconds(5)).call(Functions::awaited));

    assertThat(composed.get(1)).isEqualTo(composed.get(0));
    assertThat(awaited.get(1)).isEqualTo(awaited.get(0)).isNotEqualTo(composed.get(0));
    assertThatThrownBy(CallContext::current).isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("no call is being served here");
  }
}
