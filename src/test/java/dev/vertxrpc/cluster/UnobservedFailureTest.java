package dev.vertxrpc.cluster;

import static dev.vertxrpc.testing.TestGroup.failure;
import static dev.vertxrpc.testing.TestGroup.get;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import dev.vertxrpc.RRef;
import dev.vertxrpc.Rpc;
import dev.vertxrpc.RpcException;
import dev.vertxrpc.RpcFailure;
import dev.vertxrpc.RpcListener;
import dev.vertxrpc.observe.MicrometerListener;
import dev.vertxrpc.testing.Gates;
import dev.vertxrpc.testing.Logged;
import dev.vertxrpc.testing.TestGroup;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Calls that fail with nobody there to hear of it. */
class UnobservedFailureTest {
  private static final String OPS_FAIL = "dev.vertxrpc.cluster.Ops.fail(String)";

  private final List<String> told = new CopyOnWriteArrayList<>();
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final TestGroup group = TestGroup.local(2, worker -> worker.listener(new MicrometerListener(registry))
      .listener(new RpcListener() {
        @Override
        public void failureUnobserved(String function, RpcFailure failure) {
          told.add(function + " " + failure);
        }
      }));
  private final Rpc rpc = group.rpc(0);
  private final Logged logged = new Logged("dev.vertxrpc.call.UnobservedFailures");

  @AfterEach
  void close() {
    logged.close();
    group.close();
  }

  private void eventuallyTold(int count) {
    group.eventually(count + " failures told, not " + told, () -> {
      System.gc();
      return told.size() >= count;
    });
  }

  // Behind it no answer to an earlier call is on its way.
  private void callAndForget(String message) {
    rpc.on("w1").call(Ops::fail, message);
    failure(rpc.on("w1").call(Ops::fail, "heard"));
    group.eventually("no call is under way", () -> group.figure(0, "pendingCalls") == 0);
  }

  @Test
  void isLoggedOnceAndCounted() {
    callAndForget("nobody hears this");

    eventuallyTold(1);

    assertThat(told).containsExactly(OPS_FAIL + " REMOTE");
    assertThat(logged.with("nobody hears this")).singleElement().satisfies(event -> {
      assertThat(event.getLevel()).isEqualTo(Level.WARN);
      assertThat(event.getFormattedMessage()).startsWith(
          "event=failure-unobserved function=" + OPS_FAIL + " worker=w1 (rank 1) failure=REMOTE message=");
    });
    assertThat(registry.get("vertx.rpc.failures.unobserved").counter().count()).isEqualTo(1);
  }

  @Test
  void isLoggedOfCallsThatWereNeverSentToo() {
    RRef<Counter> closed = rpc.on("w1").create(Counter::new, 1);
    closed.close();

    rpc.on("w9").call(Ops::fail, "nowhere");
    rpc.on("w1").call(Functions::take, new Functions.Unencodable());
    closed.toHere();
    closed.call(Counter::get);
    eventuallyTold(4);

    assertThat(told).containsExactlyInAnyOrder(OPS_FAIL + " NO_SUCH_WORKER",
        "dev.vertxrpc.cluster.Functions.take(Functions$Unencodable) CODEC", "toHere REF_RELEASED",
        "dev.vertxrpc.cluster.Counter.get() REF_RELEASED");
    assertThat(logged.with("worker=none failure=NO_SUCH_WORKER")).hasSize(1);
  }

  @Test
  void isLoggedOfAScopeThatFailsOnceForAllOfIt() {
    rpc.waitAll(scope -> scope.on("w1").call(Ops::fail, "in a scope"));
    failure(rpc.on("w1").call(Ops::fail, "heard"));

    eventuallyTold(1);

    assertThat(told).containsExactly("waitAll REMOTE");
    assertThat(logged.with("in a scope")).hasSize(1);
  }

  @Test
  void isNotLoggedWhereSomebodyListenedOrAskedOrTheValueWasNeverAskedFor() {
    failAndLook();

    callAndForget("the last but one");
    eventuallyTold(1);
    // Whatever became garbage with that has been told of by the time that this is.
    callAndForget("the last one");
    eventuallyTold(2);

    assertThat(told).as("the last two alone").hasSize(2);
    assertThat(logged.with("the last")).hasSize(2);
  }

  // On its own, so that no local variable holds a Future any more when it returns.
  private void failAndLook() {
    String gate = Gates.name();
    rpc.on("w1").call(Ops::fail, "early listener").onComplete(done -> Gates.open(gate));
    get(Gates.opened(gate));
    List<Future<?>> failed = List.of(rpc.on("w1").call(Ops::fail, "cause"), rpc.on("w1").call(Ops::fail, "failed"),
        rpc.on("w1").call(Ops::fail, "listener"), rpc.on("w1").call(Ops::fail, "awaited"));
    group.eventually("all have failed", () -> failed.stream().allMatch(Future::isComplete));
    assertThat(failed.get(0).cause()).isInstanceOf(RpcException.class);
    assertThat(failed.get(1).failed()).isTrue();
    failed.get(2).otherwiseEmpty();
    failure(failed.get(3));
    rpc.on("w1").remote(Ops::fail, "a value").close();
  }
}
