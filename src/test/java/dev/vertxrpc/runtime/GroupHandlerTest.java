package dev.vertxrpc.runtime;

import static dev.vertxrpc.testing.TestGroup.get;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxrpc.Group;
import dev.vertxrpc.GroupChange;
import dev.vertxrpc.Rpc;
import dev.vertxrpc.WorkerInfo;
import dev.vertxrpc.cluster.Ops;
import dev.vertxrpc.testing.Logged;
import io.vertx.core.Context;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class GroupHandlerTest {
  private final Workers workers = new Workers();
  private final BlockingQueue<GroupChange> changes = new LinkedBlockingQueue<>();

  @AfterEach
  void close() {
    workers.close();
  }

  @Test
  void tellsEachChangeOnceAndInOrder() throws InterruptedException {
    Rpc rpc = workers.join("w0").rpc();
    List<Group> known = new ArrayList<>();
    rpc.groupHandler(change -> {
      known.add(rpc.group());
      changes.add(change);
    });

    RpcWorker second = workers.join("w1");
    WorkerInfo w1 = second.rpc().self();
    get(second.leave());
    RpcWorker third = workers.join("w1");
    Losses.tell(workers.known("w0"), third.rpc().self());

    assertThat(next()).isEqualTo(new GroupChange(GroupChange.Kind.JOINED, w1, known.get(0)));
    GroupChange left = next();
    assertThat(left.kind()).isEqualTo(GroupChange.Kind.LEFT);
    assertThat(left.worker()).isEqualTo(w1);
    assertThat(left.group().workers()).containsExactly(rpc.self());
    assertThat(next().worker()).isEqualTo(third.rpc().self());
    GroupChange lost = next();
    assertThat(lost.kind()).isEqualTo(GroupChange.Kind.LOST);
    assertThat(lost.group().epoch()).isGreaterThan(left.group().epoch());
    assertThat(known).extracting(Group::epoch).isSorted();
    assertThat(changes).isEmpty();
  }

  @Test
  void runsOnTheWorkersEventLoop() throws InterruptedException {
    Promise<Context> ran = Promise.promise();
    Rpc rpc = workers.join("w0").rpc();
    rpc.groupHandler(change -> ran.complete(Vertx.currentContext()));

    workers.join("w1");

    assertThat(get(ran.future())).isSameAs(workers.known("w0").placed().context());
  }

  @Test
  void oneThatThrowsCostsNobodyAnything() throws InterruptedException {
    try (Logged logged = new Logged("dev.vertxrpc.membership.GroupChanges")) {
      Rpc rpc = workers.join("w0").rpc();
      rpc.groupHandler(change -> {
        changes.add(change);
        throw new IllegalStateException("thrown by the handler");
      });

      Rpc second = workers.join("w1").rpc();
      workers.join("w2");

      assertThat(List.of(next().worker().name(), next().worker().name())).containsExactly("w1", "w2");
      assertThat(get(second.on("w0").call(Ops::greet, "ada"))).isEqualTo("hello ada from w0");
      assertThat(logged.with("event=group-handler-failed worker=w0 group=default change=JOINED of=w1 (rank 1)"))
          .hasSize(1);
    }
  }

  @Test
  void theNextOneTakesThePlaceOfTheOneBefore() throws InterruptedException {
    Rpc rpc = workers.join("w0").rpc();
    rpc.groupHandler(change -> changes.add(new GroupChange(change.kind(), rpc.self(), change.group())));
    rpc.groupHandler(changes::add);
    workers.join("w1");
    assertThat(next().worker().name()).isEqualTo("w1");

    rpc.groupHandler(null);
    workers.join("w2");
    get(rpc.on("w2").call(Ops::greet, "ada"));

    assertThat(changes).isEmpty();
  }

  @Test
  void tellsNothingOnceTheWorkerHasLeft() {
    RpcWorker worker = workers.join("w0");
    worker.rpc().groupHandler(changes::add);
    get(worker.leave());

    get(workers.create("w1", new JsonObject()).join());

    assertThat(changes).isEmpty();
  }

  private GroupChange next() throws InterruptedException {
    GroupChange next = changes.poll(10, TimeUnit.SECONDS);
    assertThat(next).as("a change within 10 s").isNotNull();
    return next;
  }
}
