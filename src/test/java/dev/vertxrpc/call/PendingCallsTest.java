package dev.vertxrpc.call;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxrpc.RpcException;
import dev.vertxrpc.RpcFailure;
import dev.vertxrpc.RpcListener;
import dev.vertxrpc.WorkerInfo;
import dev.vertxrpc.codec.CodecLimits;
import dev.vertxrpc.codec.ValueCodec;
import dev.vertxrpc.testing.ManualClock;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class PendingCallsTest {
  private static final WorkerInfo PEER = new WorkerInfo("w1", 1, 11, Set.of());
  private static final WorkerInfo NEXT_RUN = new WorkerInfo("w1", 1, 12, Set.of());
  private static final ValueCodec CODEC = new ValueCodec(new CodecLimits(1_000, 1_000, 10, 1_000));
  private static final Terms NO_TERMS = new Terms(new ManualClock(), 0, Deadline.NONE, Optional.empty(), null);
  private static final int ROUNDS = 4_000;
  private static final int CALLS = 3;
  private static final long LIMIT_SECONDS = 60;

  private final Activity activity = new Activity();
  private final AtomicInteger started = new AtomicInteger();
  private final AtomicInteger ended = new AtomicInteger();
  /** A new one for each round, because a closed one takes nothing more. */
  private volatile PendingCalls pending = newTable();

  private PendingCalls newTable() {
    Listeners listeners = new Listeners();
    listeners.add(new RpcListener() {
      @Override
      public void callStarted(long callId, WorkerInfo peer, String function) {
        started.incrementAndGet();
      }

      @Override
      public void callEnded(long callId, Optional<RpcFailure> failure, Duration took) {
        ended.incrementAndGet();
      }
    });
    return new PendingCalls(listeners, activity, new Deadlines(new ManualClock()));
  }

  @Test
  void endsACallByWhateverComesFirst() {
    List<List<Integer>> orders = new ArrayList<>();
    permute(List.of(0, 1, 2, 3), List.of(), orders);

    for (List<Integer> order : orders) {
      pending = newTable();
      Promise<Object> promise = open(1);
      order.forEach(way -> end(way, 1));

      assertThat(outcome(promise)).as("order %s", order).isEqualTo(outcomeOf(order.get(0)));
      assertThat(pending.size() + activity.running()).isZero();
    }
    assertThat(orders).hasSize(24);
    assertThat(ended).hasValue(24);
  }

  @Test
  void takesNoAnswerFromAnotherRunOfTheWorker() {
    open(1);

    assertThat(pending.take(1, NEXT_RUN)).isEmpty();

    assertThat(pending.take(1, PEER)).isPresent();
    assertThat(pending.take(1, PEER)).isEmpty();
  }

  @Test
  void failsTheCallsOfThatRunOfTheWorkerOnly() {
    Promise<Object> toPeer = open(1);

    pending.failAll(NEXT_RUN.incarnation(), call -> RpcException.of(RpcFailure.WORKER_LOST, "gone"));

    assertThat(toPeer.future().isComplete()).isFalse();
  }

  @Test
  void endsEachCallOnceUnderRacingThreads() throws InterruptedException {
    long seed = System.nanoTime();
    Queue<Throwable> broken = new ConcurrentLinkedQueue<>();
    List<AtomicInteger> outcomes = new ArrayList<>();
    CyclicBarrier opened = new CyclicBarrier(4, () -> {
      pending = newTable();
      for (int call = 0; call < CALLS; call++) {
        AtomicInteger count = new AtomicInteger();
        outcomes.add(count);
        open(call).future().onComplete(done -> count.incrementAndGet());
      }
    });
    List<Thread> threads = new ArrayList<>();
    for (int way = 0; way < 4; way++) {
      int own = way;
      threads.add(new Thread(() -> race(own, new Random(seed + own), opened, broken)));
    }

    threads.forEach(Thread::start);
    for (Thread thread : threads) {
      thread.join(TimeUnit.SECONDS.toMillis(LIMIT_SECONDS));
    }

    assertThat(broken).as("seed %d", seed).isEmpty();
    assertThat(outcomes).as("seed %d", seed).hasSize(ROUNDS * CALLS)
        .allSatisfy(count -> assertThat(count).hasValue(1));
    assertThat(ended.get()).isEqualTo(started.get());
    assertThat(pending.size() + activity.running()).isZero();
  }

  private void race(int way, Random random, CyclicBarrier opened, Queue<Throwable> broken) {
    try {
      for (int round = 0; round < ROUNDS; round++) {
        opened.await(LIMIT_SECONDS, TimeUnit.SECONDS);
        List<Integer> calls = new ArrayList<>(List.of(0, 1, 2));
        Collections.shuffle(calls, random);
        for (int call : calls) {
          if (random.nextBoolean()) {
            Thread.yield();
          }
          end(way, call);
        }
      }
    } catch (Throwable failure) {
      broken.add(failure);
      opened.reset();
    }
  }

  private Promise<Object> open(long callId) {
    Promise<Object> promise = Promise.promise();
    pending.open(new PendingCall(null, callId, PEER, "f", String.class, CODEC, promise, NO_TERMS));
    return promise;
  }

  private void end(int way, long callId) {
    switch (way) {
      case 0 -> pending.take(callId, PEER).ifPresent(call -> pending.complete(call, "reply"));
      case 1 -> pending.take(callId).ifPresent(call ->
          pending.fail(call, RpcException.of(RpcFailure.TIMEOUT, "late")));
      case 2 -> pending.failAll(PEER.incarnation(), call -> RpcException.of(RpcFailure.WORKER_LOST, "lost"));
      default -> pending.close(call -> RpcException.of(RpcFailure.NOT_JOINED, "closed"));
    }
  }

  private static Object outcomeOf(int way) {
    return List.of("reply", RpcFailure.TIMEOUT, RpcFailure.WORKER_LOST, RpcFailure.NOT_JOINED).get(way);
  }

  private static Object outcome(Promise<Object> promise) {
    return promise.future().succeeded() ? promise.future().result() : RpcFailure.of(promise.future().cause());
  }

  private static void permute(List<Integer> left, List<Integer> order, List<List<Integer>> orders) {
    if (left.isEmpty()) {
      orders.add(order);
    }
    for (Integer next : left) {
      List<Integer> rest = new ArrayList<>(left);
      rest.remove(next);
      List<Integer> longer = new ArrayList<>(order);
      longer.add(next);
      permute(rest, longer, orders);
    }
  }
}
