package dev.vertxrpc.runtime;

import static dev.vertxrpc.testing.TestGroup.failure;
import static dev.vertxrpc.testing.TestGroup.get;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxrpc.Rpc;
import dev.vertxrpc.RpcException;
import dev.vertxrpc.RpcFailure;
import dev.vertxrpc.RpcListener;
import dev.vertxrpc.WorkerInfo;
import dev.vertxrpc.cluster.Functions;
import dev.vertxrpc.cluster.Ops;
import dev.vertxrpc.ref.RefOps;
import dev.vertxrpc.testing.Gates;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class LeaveTest {
  private final Workers workers = new Workers();
  private final BlockingQueue<String> events = new LinkedBlockingQueue<>();

  @AfterEach
  void close() {
    workers.close();
  }

  @Test
  @Tag("T189")
  void tellsTheMembersOfADynamicGroupWhoComesAndGoes() throws InterruptedException {
    RpcWorker first = workers.create("w0", new JsonObject()).listener(new Keeper());
    get(first.join());
    RpcWorker second = workers.join("w1");
    assertThat(events.poll(10, TimeUnit.SECONDS)).isEqualTo("joined w1");
    long epoch = first.rpc().group().epoch();

    get(second.leave());

    assertThat(events.poll(10, TimeUnit.SECONDS)).isEqualTo("left w1");
    assertThat(first.rpc().group().workers()).containsExactly(first.rpc().self());
    assertThat(get(workers.join("w2").rpc().on("w0").call(Ops::greet, "ada"))).isEqualTo("hello ada from w0");
    assertThat(first.rpc().group().epoch()).isGreaterThan(epoch);
  }

  @Test
  @Tag("T190")
  void knowsALateJoinerWhenItHasJoined() {
    RpcWorker first = workers.join("w0");

    for (int i = 1; i <= 100; i++) {
      RpcWorker late = workers.join("late");
      assertThat(get(first.rpc().on("late").call(Ops::greet, "ada"))).isEqualTo("hello ada from late");
      get(late.leave());
    }
  }

  @Test
  void failsPendingCallsAndGoesOnWithoutTheOneWhoLeft() {
    JsonObject settings = Workers.size(3).put("leaveTimeoutMs", 100);
    RpcWorker leaver = workers.create("w2", settings);
    List<RpcWorker> stay = List.of(workers.create("w0", settings), workers.create("w1", settings));
    Future<Rpc> left = leaver.join();
    stay.stream().map(RpcWorker::join).toList().forEach(joined -> get(joined));
    get(left);
    Future<String> pending = stay.get(0).rpc().on("w2").call(Functions::pend, "never");
    get(stay.get(0).rpc().on("w2").call(Functions::async, "x"));

    get(leaver.leave());

    RpcException failure = (RpcException) failure(pending);
    assertThat(failure.failure()).isEqualTo(RpcFailure.WORKER_LEFT);
    assertThat(failure.mayHaveRun()).isTrue();
    assertThat(RpcFailure.of(failure(stay.get(0).rpc().on("w2").call(Functions::self))))
        .isEqualTo(RpcFailure.NO_SUCH_WORKER);
    stay.stream().map(each -> each.rpc().collectives().barrier()).toList().forEach(met -> get(met));
  }

  @Test
  void endsOnceWhateverEndsItAgain() {
    RpcWorker worker = workers.join("w0");
    Future<Void> first = worker.leave();

    List<Future<Void>> again = List.of(worker.shutdown(), worker.leave(), worker.ended());

    get(first);
    again.forEach(each -> get(each));
    workers.assertNothingIsLeft();
  }

  @Test
  void endsItsShutdownThatWaitsForTheOthers() throws InterruptedException {
    RpcWorker stays = workers.create("w0", new JsonObject()).listener(new Keeper());
    get(stays.join());
    RpcWorker goes = workers.join("w1");
    String gate = Gates.name();
    Future<Void> served = stays.rpc().on("w1").call(RefOps::after, gate);
    get(stays.rpc().on("w1").call(Functions::self));
    Future<Void> shutdown = goes.shutdown(Duration.ofDays(1));

    Future<Void> left = goes.leave();
    Gates.open(gate);

    get(served);
    assertThat(failure(shutdown)).hasMessage("w1 left group default before its shutdown was over");
    assertThat(RpcFailure.of(failure(left))).isEqualTo(RpcFailure.NOT_JOINED);
    assertThat(events.poll(10, TimeUnit.SECONDS)).isEqualTo("joined w1");
    assertThat(events.poll(10, TimeUnit.SECONDS)).isEqualTo("left w1");
    // It shuts the group down no more.
    workers.join("w2");
  }

  @Test
  void endsWhenItIsClosedOnItsOwnLoopWhileItDrains() {
    RpcWorker alone = workers.join("w0");
    Future<String> held = alone.rpc().on("w0").call(Functions::pend, "held");
    get(alone.rpc().on("w0").call(Functions::self));

    Future<Void> left = alone.leave();
    alone.placed().context().runOnContext(now -> alone.close());

    get(left);
    assertThat(RpcFailure.of(failure(held))).isEqualTo(RpcFailure.NOT_JOINED);
    workers.assertNothingIsLeft();
  }

  @Test
  void endsAShutdownThatIsClosedMeanwhile() {
    RpcWorker worker = workers.join("w0");
    // Without another one to wait for it may be over before it is closed.
    RpcWorker other = workers.join("w1");
    Future<Void> shutdown = worker.shutdown();

    Future<Void> closed = worker.close();

    assertThat(RpcFailure.of(failure(shutdown))).isEqualTo(RpcFailure.NOT_JOINED);
    assertThat(RpcFailure.of(failure(closed))).isEqualTo(RpcFailure.NOT_JOINED);
    get(other.close());
    workers.assertNothingIsLeft();
  }

  @Test
  void failsWhatIsAskedOfAWorkerThatHasLeft() {
    RpcWorker worker = workers.join("w0");
    Rpc rpc = worker.rpc();

    get(worker.leave());

    assertThat(RpcFailure.of(failure(rpc.on("w0").call(Ops::greet, "ada")))).isEqualTo(RpcFailure.NOT_JOINED);
    assertThat(List.of(rpc.on("nobody"), rpc.on(7), rpc.on(rpc.self()), rpc.any("nothing"))).allSatisfy(nobody ->
        assertThat(failure(nobody.call(Ops::greet, "ada"))).hasMessage("w0 is not in group " + rpc.group().name()));
    assertThat(RpcFailure.of(failure(rpc.collectives().barrier()))).isEqualTo(RpcFailure.NOT_JOINED);
    assertThat(worker.debugInfo().getInteger("pendingCalls")).isZero();
  }

  @Test
  void closesAtOnceAlthoughCallsAreUnderWay() {
    Promise<WorkerInfo> heard = Promise.promise();
    RpcWorker stays = workers.create("w0", new JsonObject()).listener(new RpcListener() {
      @Override
      public void workerLeft(WorkerInfo left) {
        heard.tryComplete(left);
      }
    });
    get(stays.join());
    RpcWorker worker = workers.join("w1");
    Future<String> own = worker.rpc().on("w0").call(Functions::pend, "unanswered");

    get(worker.close());

    assertThat(RpcFailure.of(failure(own))).isEqualTo(RpcFailure.NOT_JOINED);
    // The GOODBYE may still be on its way; whoever has heard it knows of no such worker.
    assertThat(get(heard.future()).name()).isEqualTo("w1");
    assertThat(RpcFailure.of(failure(stays.rpc().on("w1").call(Functions::self))))
        .isEqualTo(RpcFailure.NO_SUCH_WORKER);
    Functions.answer("unanswered", "late");
  }

  @Test
  void leavesWithTheVerticleThatCreatedIt() throws InterruptedException {
    RpcWorker first = workers.create("w0", new JsonObject()).listener(new Keeper());
    get(first.join());
    Maker maker = new Maker();
    String deployment = get(workers.vertx.deployVerticle(maker));

    get(workers.vertx.undeploy(deployment));

    get(maker.worker.ended());
    assertThat(events.poll(10, TimeUnit.SECONDS)).isEqualTo("joined w1");
    assertThat(events.poll(10, TimeUnit.SECONDS)).isEqualTo("left w1");
  }

  @Test
  void leavesWithItsVerticleAlthoughItWaitsForTheOthersToShutDown() throws InterruptedException {
    RpcWorker first = workers.create("w0", new JsonObject()).listener(new Keeper());
    get(first.join());
    Maker maker = new Maker();
    String deployment = get(workers.vertx.deployVerticle(maker));
    Future<Void> shutdown = maker.worker.shutdown(Duration.ofDays(1));

    workers.vertx.undeploy(deployment);

    assertThat(RpcFailure.of(failure(shutdown))).isEqualTo(RpcFailure.NOT_JOINED);
    assertThat(events.poll(10, TimeUnit.SECONDS)).isEqualTo("joined w1");
    assertThat(events.poll(10, TimeUnit.SECONDS)).isEqualTo("left w1");
  }

  /** Creates a worker of its own. */
  private final class Maker extends VerticleBase {
    private volatile RpcWorker worker;

    @Override
    public Future<?> start() {
      worker = workers.create("w1", new JsonObject());
      return worker.join();
    }
  }

  private final class Keeper implements RpcListener {
    @Override
    public void workerJoined(WorkerInfo worker) {
      events.add("joined " + worker.name());
    }

    @Override
    public void workerLeft(WorkerInfo worker) {
      events.add("left " + worker.name());
    }

    @Override
    public void workerLost(WorkerInfo worker) {
      events.add("lost " + worker.name());
    }
  }
}
