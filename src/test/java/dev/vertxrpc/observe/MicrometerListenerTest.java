package dev.vertxrpc.observe;

import static dev.vertxrpc.testing.TestGroup.failure;
import static dev.vertxrpc.testing.TestGroup.get;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxrpc.RRef;
import dev.vertxrpc.Rpc;
import dev.vertxrpc.cluster.Counter;
import dev.vertxrpc.cluster.Ops;
import dev.vertxrpc.testing.TestGroup;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;

class MicrometerListenerTest {
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

  private long timed(String name, String failure) {
    return registry.get(name).tag("failure", failure).timer().count();
  }

  private double gauge(String name) {
    return registry.get(name).gauge().value();
  }

  @Test
  void countsCallsByTheirFailureReferencesAndRounds() {
    try (TestGroup group = TestGroup.local(2, worker -> worker.listener(new MicrometerListener(registry)))) {
      Rpc rpc = group.rpc(0);
      get(rpc.on("w1").call(Ops::greet, "ada"));
      failure(rpc.on("w1").call(Ops::fail, "no"));
      RRef<Counter> first = rpc.on("w1").create(Counter::new, 1);
      RRef<Counter> second = rpc.own(new Counter(2));
      get(first.call(Counter::get));

      assertThat(timed("vertx.rpc.calls", "none")).isEqualTo(2);
      assertThat(timed("vertx.rpc.calls", "remote")).isEqualTo(1);
      assertThat(timed("vertx.rpc.served", "remote")).isEqualTo(1);
      assertThat(gauge("vertx.rpc.calls.pending")).isZero();
      assertThat(gauge("vertx.rpc.refs.kept")).as("one at each worker, in one registry").isEqualTo(2);

      first.close();
      group.eventually("the value is freed", () -> gauge("vertx.rpc.refs.kept") == 1);
      second.close();
    }
    assertThat(gauge("vertx.rpc.refs.kept")).isZero();
    assertThat(timed("vertx.rpc.rounds", "none")).isPositive();
    assertThat(registry.get("vertx.rpc.members").tag("change", "left").counter().count()).isPositive();
  }
}
