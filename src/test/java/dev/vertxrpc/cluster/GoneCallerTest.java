package dev.vertxrpc.cluster;

import static dev.vertxrpc.testing.TestGroup.get;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxrpc.RemoteWorker;
import dev.vertxrpc.testing.Gates;
import dev.vertxrpc.testing.Logged;
import dev.vertxrpc.testing.TestGroup;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.ThreadingModel;
import io.vertx.core.VerticleBase;
import java.time.Duration;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Calls whose caller was undeployed, and whose threads went with it: nobody is there to be told, and nothing else
 * is different.
 */
class GoneCallerTest {
  private static final Duration LIMIT = Duration.ofSeconds(2);

  private final Logged calls = new Logged("dev.vertxrpc.call.PendingCalls");
  private final Logged deadlines = new Logged("dev.vertxrpc.call.Deadlines");
  private final Logged deliveries = new Logged("dev.vertxrpc.wire.Delivery");
  private final TestGroup group = TestGroup.local(3);
  private final String gate = Gates.name();

  @AfterEach
  void close() {
    try (calls; deadlines; deliveries) {
      group.close();
      assertThat(deadlines.with("")).isEmpty();
      assertThat(deliveries.with("")).isEmpty();
    }
  }

  @Test
  void endWithTheirDeadlineAndAreCancelledAtTheirPeer() {
    undeploy(() -> peer().withTimeout(LIMIT).call(Waiting::untilCancelled, gate));
    Future<String> other = peer().withTimeout(LIMIT).call(Waiting::untilCancelled, gate + "-other");

    get(Gates.opened(gate + "-cancelled"));

    assertThat(TestGroup.failure(other)).hasMessageContaining("no reply from w1");
    assertEnded();
  }

  @Test
  void endWithTheirAnswer() {
    undeploy(() -> peer().call(Waiting::block, gate));

    Gates.open(gate);

    assertEnded();
  }

  @Test
  void endWithTheLossOfTheirPeer() {
    undeploy(() -> peer().call(Waiting::untilCancelled, gate));

    group.lose(1);

    assertEnded();
    assertThat(get(group.rpc(0).on("w2").call(Ops::greet, "ada"))).isEqualTo("hello ada from w2");
  }

  private RemoteWorker peer() {
    return group.rpc(0).on("w1");
  }

  /** Whoever makes that call, which is under way. */
  private void undeploy(Supplier<Future<String>> call) {
    String deployment = get(group.vertx(0).deployVerticle(new Caller(call), new DeploymentOptions()
        .setThreadingModel(ThreadingModel.WORKER).setWorkerPoolName(gate)));
    get(Gates.opened(gate + "-started"));
    get(group.vertx(0).undeploy(deployment));
    assertThat(group.figure(0, "pendingCalls")).isEqualTo(1);
  }

  private void assertEnded() {
    group.eventually("its calls have ended", () -> group.figure(0, "pendingCalls") == 0);
    group.eventually("that is told", () -> !calls.with("event=caller-not-told").isEmpty());
    assertThat(calls.with("")).hasSize(1).allMatch(event -> event.getThrowableProxy() == null);
  }

  /** Calls, and wants to hear of it. */
  private static final class Caller extends VerticleBase {
    private final Supplier<Future<String>> call;

    private Caller(Supplier<Future<String>> call) {
      this.call = call;
    }

    @Override
    public Future<?> start() {
      call.get().onComplete(never -> Gates.open("nobody"));
      return Future.succeededFuture();
    }
  }
}
