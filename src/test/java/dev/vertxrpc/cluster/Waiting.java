package dev.vertxrpc.cluster;

import dev.vertxrpc.CallContext;
import dev.vertxrpc.NonBlocking;
import dev.vertxrpc.RRef;
import dev.vertxrpc.Remote;
import dev.vertxrpc.RemoteWorker;
import dev.vertxrpc.Rpc;
import dev.vertxrpc.RpcFailure;
import dev.vertxrpc.testing.Gates;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Functions that wait, each in its own way, and tell what became of them. Thread-safe. */
@Remote
public final class Waiting {
  /** What cancelled functions noted, "interrupted gate-1" for example. */
  static final Queue<String> NOTED = new ConcurrentLinkedQueue<>();
  private static final long LIMIT_SECONDS = 20;

  private Waiting() {}

  /** Opens the gate {@code gate + "-started"} and blocks until {@code gate} is open. */
  public static String block(String gate) {
    Gates.open(gate + "-started");
    CountDownLatch open = new CountDownLatch(1);
    Gates.opened(gate).onComplete(done -> open.countDown());
    try {
      return open.await(LIMIT_SECONDS, TimeUnit.SECONDS) ? "opened" : "nobody opened it";
    } catch (InterruptedException cancelled) {
      NOTED.add("interrupted " + gate + " " + CallContext.current().isCancelled());
      Gates.open(gate + "-interrupted");
      return "interrupted";
    }
  }

  /** Blocks the event loop until {@code gate} is open. */
  @NonBlocking
  public static String blockTheLoop(String gate) {
    return block(gate);
  }

  /** Completes when it is cancelled, or never. */
  public static Future<String> untilCancelled(String gate) {
    Promise<String> end = Promise.promise();
    CallContext.current().cancelHandler(cancelled -> {
      NOTED.add("cancelled " + gate + " " + CallContext.current().isCancelled());
      Gates.open(gate + "-cancelled");
      end.complete("cancelled");
    });
    Gates.open(gate + "-started");
    return end.future();
  }

  /** Calls {@link #untilCancelled} on the next worker. */
  public static Future<String> nested(String worker, String gate) {
    return CallContext.current().rpc().on(worker).call(Waiting::untilCancelled, gate);
  }

  /** Has {@link #untilCancelled} make a value on the next worker, and holds it. */
  public static Future<String> nestedValue(String worker, String gate) {
    RRef<String> value = CallContext.current().rpc().on(worker).remote(Waiting::untilCancelled, gate);
    return value.toHere().onComplete(done -> value.close());
  }

  /** Has two values made on the next worker in one turn of the event loop, and says how the second one failed. */
  public static Future<String> twoValues(String worker) {
    RemoteWorker to = CallContext.current().rpc().on(worker);
    RRef<String> first = to.remote(Functions::self);
    RRef<String> second = to.remote(Functions::self);
    Future<String> failure = second.confirmed().map("none").recover(refused ->
        Future.succeededFuture(RpcFailure.of(refused).name()));
    return failure.eventually(() -> first.confirmed()).onComplete(done -> {
      first.close();
      second.close();
    });
  }

  /** Calls itself, {@code depth} deep, and waits for each. */
  public static int recurse(int depth) {
    Rpc rpc = CallContext.current().rpc();
    return depth == 0 ? 0 : 1 + Rpc.await(rpc.on(rpc.self()).call(Waiting::recurse, depth - 1));
  }

  /** An object whose methods call each other by way of other workers. */
  @Remote
  public static final class Stage {
    private int onStage;
    private int most;

    private void enter() {
      onStage++;
      most = Math.max(most, onStage);
    }

    /** Has {@code worker} call {@link #step} twice side by side, and waits for both. */
    public int play(RRef<Stage> self, String worker) {
      enter();
      Rpc rpc = CallContext.current().rpc();
      Future<Integer> one = rpc.on(worker).call(Waiting::stepThere, self);
      Future<Integer> two = rpc.on(worker).call(Waiting::stepThere, self);
      onStage--;
      int steps = Rpc.await(one) + Rpc.await(two);
      enter();
      onStage--;
      return steps;
    }

    public int step() {
      enter();
      onStage--;
      return 1;
    }

    public int most() {
      return most;
    }
  }

  public static Future<Integer> stepThere(RRef<Stage> stage) {
    return stage.call(Stage::step).onComplete(done -> stage.close());
  }
}
