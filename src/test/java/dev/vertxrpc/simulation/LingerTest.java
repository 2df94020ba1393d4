package dev.vertxrpc.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxrpc.CallContext;
import dev.vertxrpc.NonBlocking;
import dev.vertxrpc.RRef;
import dev.vertxrpc.Remote;
import dev.vertxrpc.RpcFailure;
import dev.vertxrpc.WorkerInfo;
import dev.vertxrpc.runtime.Losses;
import dev.vertxrpc.runtime.RpcWorker;
import dev.vertxrpc.wire.SimulatedBus;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A handle that is on its way from a worker which is lost, or leaves, keeps its value until it has arrived. */
class LingerTest {
  private static final int SIZE = 4;
  /** The lease, how often an entry is read anyway, and what a frame takes. */
  private static final Duration LINGER = Duration.ofSeconds(5 + 5 + 2);

  private final Simulation simulation = new Simulation();
  private final List<RpcWorker> workers = simulation.group(SIZE, new JsonObject().put("blockedLoopMs", 60_000));
  private final List<RpcWorker> gone = new ArrayList<>();
  private final List<Future<Void>> ends = new ArrayList<>();
  /** w1's own handle to the value. */
  private RRef<Integer> made;

  /** What workers do with handles, none of which they close. */
  @Remote
  public static final class Hands {
    private static final Deque<RRef<Integer>> HANDLES = new ArrayDeque<>();

    private Hands() {}

    @NonBlocking
    public static RRef<Integer> makeOn(int rank) {
      HANDLES.add(CallContext.current().rpc().on(rank).remote(Actions::echo, 7));
      return HANDLES.peek();
    }

    @NonBlocking
    public static RRef<Integer> handOn() {
      return HANDLES.remove();
    }
  }

  @AfterEach
  void close() {
    step(() -> workers.stream().filter(worker -> !gone.contains(worker)).forEach(worker -> ends.add(worker.close())));
    simulation.runUntil(() -> ends.stream().allMatch(Future::isComplete));
    assertThat(simulation.clock().alarms()).as("alarms left").isZero();
    simulation.close();
  }

  private void step(Runnable work) {
    simulation.run(() -> {
      work.run();
      return false;
    });
  }

  private <T> T on(Supplier<T> work) {
    List<T> done = new ArrayList<>();
    step(() -> done.add(work.get()));
    return done.get(0);
  }

  private <T> T get(Supplier<Future<T>> work) {
    Future<T> future = on(work);
    simulation.runUntil(future::isComplete);
    assertThat(future.cause()).isNull();
    return future.result();
  }

  private WorkerInfo info(int rank) {
    return workers.get(rank).rpc().self();
  }

  /** Delivers what waits on the way from one worker to another, and nothing else. */
  private void deliver(int from, int to) {
    simulation.run(() -> {
      List<SimulatedBus.Hop> hops = hops(from, to);
      hops.forEach(simulation.bus()::deliver);
      return !hops.isEmpty();
    });
  }

  private List<SimulatedBus.Hop> hops(int from, int to) {
    String address = "." + Long.toHexString(info(to).incarnation());
    return simulation.bus().waiting().stream()
        .filter(hop -> hop.sender() == info(from).incarnation() && hop.address().endsWith(address)).toList();
  }

  /** It crashes, and all others hear of it. */
  private void lose(int rank) {
    WorkerInfo lost = info(rank);
    gone.add(workers.get(rank));
    step(() -> {
      simulation.bus().cut(lost.incarnation());
      workers.stream().filter(worker -> !gone.contains(worker)).forEach(worker -> Losses.tell(worker, lost));
      ends.add(workers.get(rank).close());
    });
  }

  private int figure(int rank, String name) {
    return workers.get(rank).debugInfo().getInteger(name);
  }

  private void pass(Duration time) {
    step(() -> simulation.clock().advance(time));
  }

  private void passAndDeliver(Duration time) {
    for (Duration left = time; left.toMillis() > 0; left = left.minusMillis(100)) {
      pass(Duration.ofMillis(100));
      simulation.run(simulation::deliverAny);
    }
  }

  /** w2's handle to a value of w0's, from w1, whose REGISTER waits on its way to w0. */
  private RRef<Integer> handedOverByW1() {
    Future<RRef<Integer>> handed = on(() -> workers.get(2).rpc().on(1).call(Hands::makeOn, 0));
    deliver(2, 1);
    deliver(1, 0);
    deliver(0, 1);
    deliver(1, 2);
    assertThat(handed.succeeded()).isTrue();
    assertThat(handed.result().isConfirmed()).isFalse();
    made = Hands.HANDLES.remove();
    return handed.result();
  }

  @Test
  void aValueOutlivesALostHolderUntilItsHeirIsRegistered() {
    RRef<Integer> handed = handedOverByW1();

    lose(1);
    pass(Duration.ofMillis(1_900));

    assertThat(get(handed::toHere)).isEqualTo(7);
    simulation.runUntil(() -> figure(0, "forks") == 1);
    step(handed::close);
    simulation.runUntil(() -> figure(0, "owners") == 0);
  }

  @Test
  void aValueOutlivesAHolderThatEndsUntilItsHeirIsRegistered() {
    RRef<Integer> handed = handedOverByW1();

    ends.add(on(workers.get(1)::close));
    gone.add(workers.get(1));
    deliver(1, 0);
    assertThat(workers.get(0).rpc().group().worker("w1")).as("w0 has heard it").isEmpty();

    assertThat(get(handed::toHere)).isEqualTo(7);
    simulation.runUntil(() -> figure(0, "forks") == 1);
    step(handed::close);
    simulation.runUntil(() -> figure(0, "owners") == 0);
  }

  @Test
  void aParentWaitsForTheHeirsOfALostChild() {
    RRef<Integer> child = handedOverByW1();
    step(() -> Hands.HANDLES.add(child));
    Future<RRef<Integer>> handed = on(() -> workers.get(3).rpc().on(2).call(Hands::handOn));
    deliver(3, 2);
    deliver(2, 3);
    assertThat(handed.succeeded()).isTrue();

    // Its REGISTER is lost with it, so that w0 has never heard of it; and w1 closes its own handle.
    lose(2);
    step(made::close);
    deliver(1, 0);

    assertThat(get(() -> handed.result().toHere())).isEqualTo(7);
    simulation.runUntil(() -> figure(0, "forks") == 1);
    step(handed.result()::close);
    simulation.runUntil(() -> figure(0, "owners") + figure(1, "users") == 0);
  }

  @Test
  void whatALostWorkerSaysAgainTakesNothingAway() {
    Future<RRef<Integer>> handed = on(() -> workers.get(2).rpc().on(1).call(Hands::makeOn, 0));
    deliver(2, 1);
    deliver(1, 0);
    deliver(0, 1);
    simulation.run(() -> {
      SimulatedBus.Hop hop = hops(1, 2).get(0);
      simulation.bus().duplicate(hop);
      simulation.bus().deliver(hop);
      return !handed.isComplete();
    });
    deliver(2, 0);
    deliver(0, 2);
    assertThat(handed.result().isConfirmed()).isTrue();

    step(() -> List.of(0, 2).forEach(rank -> Losses.tell(workers.get(rank), info(1))));
    deliver(1, 2);

    assertThat(get(() -> handed.result().toHere())).isEqualTo(7);
    made = Hands.HANDLES.remove();
    passAndDeliver(LINGER);
    assertThat(figure(0, "forks")).isEqualTo(1);
  }

  @Test
  void aValueIsFreedShortlyAfterItsLastHolderIsLost() {
    get(on(() -> workers.get(1).rpc().on(0).remote(Actions::echo, 7))::confirmed);

    lose(1);

    passAndDeliver(LINGER.minusMillis(100));
    assertThat(figure(0, "owners")).isEqualTo(1);
    passAndDeliver(Duration.ofMillis(200));
    assertThat(figure(0, "owners")).isZero();
  }

  @Test
  void handlesOfALostOwnerFailAtOnce() {
    RRef<Integer> handle = on(() -> workers.get(1).rpc().on(0).remote(Actions::echo, 7));
    get(handle::confirmed);

    lose(0);

    assertThat(RpcFailure.of(on(handle::toHere).cause())).isEqualTo(RpcFailure.OWNER_LOST);
  }

  @Test
  void nothingOfItIsLeftWhenTheOwnerEnds() {
    handedOverByW1();

    lose(1);
    assertThat(simulation.clock().alarms()).isPositive();
  }
}
