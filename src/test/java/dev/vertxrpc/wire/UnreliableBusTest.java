package dev.vertxrpc.wire;

import static dev.vertxrpc.testing.TestGroup.failure;
import static dev.vertxrpc.testing.TestGroup.get;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxrpc.RpcFailure;
import dev.vertxrpc.RpcListener;
import dev.vertxrpc.WorkerInfo;
import dev.vertxrpc.simulation.Loop;
import dev.vertxrpc.testing.ManualClock;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.VertxInternal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.BooleanSupplier;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What links make of a bus that loses batches, delivers them twice and late, and of one that is dead. */
class UnreliableBusTest {
  private static final int ROUNDS = 300;
  private static final int STEPS = 150;

  private final Loop loop = new Loop();
  private final ManualClock clock = new ManualClock();
  private final SimulatedBus bus = new SimulatedBus();
  private final Node node = bus.install(loop.vertx(), clock);
  private long incarnations = 1;

  /** One end of a link, and the numbers that came to it. */
  private final class End {
    private final WorkerInfo self = Peer.worker("w" + incarnations, incarnations++);
    private final ContextInternal context = ((VertxInternal) loop.vertx()).createEventLoopContext();
    private final Endpoint endpoint = node.endpoint(context, "g", self, new RpcListener() {}, Duration.ofSeconds(5));
    private final List<Long> came = new ArrayList<>();
    private final List<String> losses = new ArrayList<>();
    private long sent;

    End() {
      endpoint.receive(FrameType.FETCH, (WorkerInfo from, Frame.Fetch fetch) -> came.add(fetch.callId()));
      endpoint.onLoss((peer, reason, message) -> losses.add(reason + " " + message));
      get(endpoint.open());
      context.runOnContext(now -> endpoint.start());
    }

    void send(End to) {
      endpoint.send(to.self, Peer.frame(++sent));
    }

    boolean hasAllFrom(End from) {
      return came.size() >= from.sent || !losses.isEmpty();
    }

    void assertAllCameFrom(End from) {
      assertThat(came).isEqualTo(LongStream.rangeClosed(1, from.sent).boxed().toList());
    }
  }

  @AfterEach
  void close() {
    get(node.release());
    loop.close();
  }

  private void deliverAll() {
    loop.run(() -> {
      List<SimulatedBus.Hop> hops = bus.waiting();
      hops.forEach(bus::deliver);
      return !hops.isEmpty();
    });
  }

  @Test
  void everyFrameComesOnceAndInOrderWhateverTheBusDoes() {
    long seed = Long.getLong("seed", System.nanoTime());
    for (int round = 0; round < ROUNDS; round++) {
      Random random = new Random(seed + round);
      End a = new End();
      End b = new End();
      int[] steps = {0};
      loop.run(() -> {
        step(random, a, b);
        return ++steps[0] < STEPS;
      });
      // It mends within a few times of writing again.
      loop.run(() -> {
        List<SimulatedBus.Hop> hops = bus.waiting();
        hops.forEach(bus::deliver);
        if (hops.isEmpty()) {
          clock.advance(Duration.ofMillis(100));
        }
        return !a.hasAllFrom(b) || !b.hasAllFrom(a);
      });

      String replay = "round " + round + ", seed " + (seed + round);
      assertThat(a.losses + " " + b.losses).as(replay).isEqualTo("[] []");
      a.assertAllCameFrom(b);
      b.assertAllCameFrom(a);
      get(a.endpoint.close());
      get(b.endpoint.close());
    }
  }

  private void step(Random random, End a, End b) {
    List<SimulatedBus.Hop> hops = bus.waiting();
    if (hops.isEmpty() || random.nextInt(4) == 0) {
      if (random.nextBoolean()) {
        a.send(b);
      } else {
        b.send(a);
      }
      return;
    }
    SimulatedBus.Hop hop = hops.get(random.nextInt(hops.size()));
    switch (random.nextInt(8)) {
      case 0 -> bus.drop(hop);
      case 1 -> bus.duplicate(hop);
      case 2 -> bus.delay(hop);
      case 3 -> clock.advance(Duration.ofMillis(random.nextInt(100)));
      default -> bus.deliver(hop);
    }
  }

  @Test
  void findsTheWayToItselfBeforeItIsOpen() {
    End a = new End();

    assertThat(bus.waiting()).containsExactly(new SimulatedBus.Hop(a.self.incarnation(), Peer.address(a.self)));
    deliverAll();
    assertThat(a.losses).isEmpty();
    bus.broken(true);
    assertThat(failure(a.endpoint.open())).hasMessage("the connection is broken");
    get(a.endpoint.close());
  }

  @Test
  void whoLeavesIsAcknowledgedAtOnceAndWaitsForNoTimer() {
    End a = new End();
    End b = new End();
    a.send(b);
    deliverAll();

    loop.run(() -> {
      a.endpoint.goodbye();
      return false;
    });
    deliverAll();

    b.assertAllCameFrom(a);
    assertThat(b.losses).as("without any time that passes").containsExactly(RpcFailure.WORKER_LEFT
        + " it left the group");
    get(a.endpoint.close());
    get(b.endpoint.close());
    assertThat(clock.alarms()).as("alarms left").isZero();
  }

  @Test
  void aPeerThatAcknowledgesNothingIsLost() {
    End a = new End();
    End b = new End();
    a.send(b);
    deliverAll();
    assertThat(b.came).containsExactly(1L);
    clock.advance(Duration.ofSeconds(1));
    deliverAll();
    bus.cut(b.self.incarnation());

    loop.run(() -> {
      clock.advance(Duration.ofSeconds(60));
      return false;
    });
    assertThat(a.losses).as("without anything that waits").isEmpty();
    loop.run(() -> {
      a.send(b);
      return false;
    });
    for (int i = 0; i < 60; i++) {
      loop.run(() -> {
        clock.advance(Duration.ofMillis(100));
        return false;
      });
    }

    assertThat(a.losses).hasSize(1);
    assertThat(a.losses.get(0)).startsWith(RpcFailure.WORKER_LOST + " it has acknowledged nothing for 5");
    get(a.endpoint.close());
    get(b.endpoint.close());
    assertThat(clock.alarms()).as("alarms left").isZero();
  }

  @Test
  void aPeerThatTakesNothingMoreIsLostAlthoughABatchIsHalfWritten() {
    End a = new End();
    End b = new End();
    a.send(b);
    deliverAll();
    clock.advance(Duration.ofSeconds(1));
    deliverAll();
    bus.stuck(true);

    loop.run(() -> {
      a.endpoint.send(b.self, new Frame.Result(1, List.of(), Payload.of(Buffer.buffer(new byte[20_000_000]))));
      return false;
    });
    Duration passed = advanceUntil(() -> !a.losses.isEmpty());

    assertThat(a.losses.get(0)).startsWith(RpcFailure.WORKER_LOST + " it has acknowledged nothing for 5");
    assertThat(passed).as("a lease, and 1 ms per 10 kB of what is being written")
        .isBetween(Duration.ofSeconds(5), Duration.ofMillis(5_300));
    get(a.endpoint.close());
    get(b.endpoint.close());
  }

  private Duration advanceUntil(BooleanSupplier condition) {
    Duration[] passed = {Duration.ZERO};
    loop.run(() -> {
      clock.advance(Duration.ofMillis(100));
      passed[0] = passed[0].plusMillis(100);
      return !condition.getAsBoolean() && passed[0].toSeconds() < 60;
    });
    return passed[0];
  }

  @Test
  void nothingIsWrittenAgainOnceItIsAcknowledged() {
    End a = new End();
    End b = new End();
    a.send(b);
    deliverAll();
    clock.advance(Duration.ofMillis(10));
    deliverAll();

    loop.run(() -> {
      clock.advance(Duration.ofSeconds(10));
      return false;
    });

    assertThat(bus.waiting()).isEmpty();
    get(a.endpoint.close());
    get(b.endpoint.close());
  }

  @Test
  void aConnectionThatBreaksForAMomentLosesNobodyHoweverMuchWasUnderWay() {
    End a = new End();
    End b = new End();
    a.send(b);
    deliverAll();

    loop.run(() -> {
      bus.broken(true);
      return false;
    });
    for (int i = 0; i < 10; i++) {
      loop.run(() -> {
        a.send(b);
        return false;
      });
    }
    loop.run(() -> {
      bus.broken(false);
      clock.advance(Duration.ofMillis(300));
      return false;
    });
    deliverAll();

    assertThat(a.losses).isEmpty();
    b.assertAllCameFrom(a);
    get(a.endpoint.close());
    get(b.endpoint.close());
  }

  @Test
  void aConnectionThatStaysBrokenLosesThePeer() {
    End a = new End();
    End b = new End();
    a.send(b);
    deliverAll();
    int[] steps = {0};
    loop.run(() -> {
      bus.broken(true);
      if (steps[0]++ == 0) {
        a.send(b);
      } else {
        clock.advance(Duration.ofMillis(50));
      }
      return steps[0] < 30;
    });

    assertThat(a.losses).containsExactly(
        RpcFailure.WORKER_LOST + " a message to it could not be written: the connection is broken");
    get(a.endpoint.close());
    get(b.endpoint.close());
  }
}
