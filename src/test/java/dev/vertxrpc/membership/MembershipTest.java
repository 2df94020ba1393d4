package dev.vertxrpc.membership;

import static dev.vertxrpc.testing.TestGroup.failure;
import static dev.vertxrpc.testing.TestGroup.get;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxrpc.RpcFailure;
import dev.vertxrpc.RpcListener;
import dev.vertxrpc.simulation.Loop;
import dev.vertxrpc.testing.ManualClock;
import dev.vertxrpc.wire.Node;
import dev.vertxrpc.wire.SimulatedBus;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.VertxInternal;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MembershipTest {
  private static final Duration LIMIT = Duration.ofMinutes(1);

  private final Loop loop = new Loop();
  private final ManualClock clock = new ManualClock();
  private final Node node = new SimulatedBus().install(loop.vertx(), clock);
  private final ContextInternal context = ((VertxInternal) loop.vertx()).createEventLoopContext();
  private final Membership membership = new Membership(loop.vertx(), node, context, "g",
      new RpcListener() {});

  @AfterEach
  void close() {
    get(node.release());
    loop.close();
  }

  @Test
  void aJoinAfterTheLeaveFailsAndSetsNoTimer() {
    get(membership.claim("w0", OptionalInt.empty(), OptionalInt.empty(), Set.of(), 1));
    get(membership.leave());

    Throwable tooLate = failure(membership.join(LIMIT, LIMIT));

    assertThat(RpcFailure.of(tooLate)).isEqualTo(RpcFailure.NOT_JOINED);
    assertThat(tooLate).hasMessage("it left before it had joined");
    assertThat(clock.alarms()).as("alarms left").isZero();
    assertThat(get(Records.names(loop.vertx(), "g"))).isEmpty();
  }

  @Test
  void aClaimThatALeaveOvertakesFailsAndLeavesNoRecord() {
    var claim = membership.claim("w0", OptionalInt.empty(), OptionalInt.empty(), Set.of(), 1);
    var left = membership.leave();

    assertThat(failure(claim)).hasMessage("it left before it had joined");
    get(left);
    assertThat(get(Records.names(loop.vertx(), "g"))).isEmpty();
  }
}
