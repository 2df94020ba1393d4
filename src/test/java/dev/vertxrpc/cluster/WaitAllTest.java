package dev.vertxrpc.cluster;

import static dev.vertxrpc.testing.TestGroup.failure;
import static dev.vertxrpc.testing.TestGroup.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vertxrpc.Rpc;
import dev.vertxrpc.RpcException;
import dev.vertxrpc.RpcFailure;
import dev.vertxrpc.testing.Gates;
import dev.vertxrpc.testing.TestGroup;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class WaitAllTest {
  private final LocalDesk desk = new LocalDesk("w1's");
  private final TestGroup group = TestGroup.local(2, new JsonObject(), (worker, rank) -> {
    if (rank == 1) {
      worker.serve(Desk.class, desk);
    }
  });
  private final Rpc rpc = group.rpc(0);
  private final String gate = Gates.name();

  @AfterEach
  void close() {
    // What a scope has collected goes with it: it would not be done with its calls at the next.
    assertThat(get(rpc.waitAll(scope -> scope.on(1).call(Functions::self)))).isNull();
    group.close();
  }

  private static Future<String> hold(Rpc through, String gate) {
    return through.service(Desk.class).call(Desk::whereOnceOpen, gate);
  }

  @Test
  @Tag("T109")
  void completesWhenAllCallsHaveEnded() {
    List<Future<?>> calls = new ArrayList<>();

    Future<Void> all = rpc.waitAll(scope -> {
      calls.add(hold(scope, gate));
      calls.add(scope.on("w1").call(Functions::self));
      calls.add(scope.on("w1").withTimeout(Duration.ofSeconds(20)).service(Desk.class).call(Desk::where));
      calls.add(scope.any(Desk.class.getName()).call(Functions::self));
      calls.add(scope.proxy(Desk.class).where());
    });

    assertThat(all.isComplete()).isFalse();
    Gates.open(gate);
    assertThat(get(all)).isNull();
    assertThat(calls).allSatisfy(call -> assertThat(call.succeeded()).isTrue());
  }

  @Test
  void waitsForACallOfEachWayToMakeOne() {
    List<String> gates = List.of(Gates.name(), Gates.name(), Gates.name());

    List<Future<Void>> scopes = List.of(
        rpc.waitAll(scope -> scope.on(1).service(Desk.class).call(Desk::whereOnceOpen, gates.get(0))),
        rpc.waitAll(scope -> scope.proxy(Desk.class).whereOnceOpen(gates.get(1))),
        rpc.waitAll(scope -> scope.any(Desk.class.getName()).proxy(Desk.class).whereOnceOpen(gates.get(2))));
    get(rpc.on(1).call(Functions::self));

    for (int i = 0; i < gates.size(); i++) {
      assertThat(scopes.get(i).isComplete()).isFalse();
      Gates.open(gates.get(i));
      assertThat(get(scopes.get(i))).isNull();
    }
  }

  @Test
  @Tag("T110")
  void waitsForNoCallsButItsOwn() {
    String others = Gates.name();
    List<Future<String>> collected = new ArrayList<>();
    List<Future<String>> notCollected = new ArrayList<>();

    Future<Void> all = rpc.waitAll(scope -> {
      for (int i = 0; i < 20; i++) {
        collected.add(hold(scope, gate));
        assertThat(Rpc.await(rpc.on(1).call(Functions::self))).isEqualTo("w1");
        notCollected.add(hold(rpc, others));
      }
    });
    assertThat(all.isComplete()).isFalse();
    Gates.open(gate);
    get(all);

    assertThat(collected).hasSize(20).allSatisfy(call -> assertThat(call.succeeded()).isTrue());
    assertThat(notCollected).hasSize(20).noneMatch(Future::isComplete);
    Gates.open(others);
    notCollected.forEach(TestGroup::get);
  }

  @Test
  @Tag("T111")
  void failsWhenACallTimesOut() {
    Throwable failure = failure(rpc.waitAll(scope ->
        scope.service(Desk.class).withTimeout(Duration.ofMillis(10)).call(Desk::whereOnceOpen, gate)));

    assertThat(RpcFailure.of(failure)).isEqualTo(RpcFailure.TIMEOUT);
  }

  @Test
  @Tag("T112")
  void failsAsTheFirstOfItsCallsWhenAllHaveEnded() {
    List<Future<?>> calls = new ArrayList<>();

    Future<Void> all = rpc.waitAll(scope -> {
      calls.add(hold(scope, gate));
      calls.add(scope.on(1).call(Functions::failLater, "made first"));
      calls.add(scope.on("nobody").call(Functions::self));
      calls.add(scope.on(1).call(Functions::pend, gate));
    });
    failure(calls.get(1));
    failure(calls.get(2));
    Functions.promise(gate).fail("ends last");
    failure(calls.get(3));
    assertThat(all.isComplete()).isFalse();
    Gates.open(gate);

    assertThat(failure(all)).isInstanceOfSatisfying(RpcException.class, failure ->
        assertThat(failure.remoteError().orElseThrow())
            .hasToString("java.lang.IllegalArgumentException: made first"));
  }

  @Test
  @Tag("T113")
  void failsAsItsBodyThrowsWhenAllCallsHaveEnded() {
    IllegalStateException thrown = new IllegalStateException("of the body");

    Future<Void> all = rpc.waitAll(scope -> {
      hold(scope, gate);
      scope.on(1).call(Functions::fail, "of a call");
      throw thrown;
    });
    get(rpc.on(1).call(Functions::self));

    assertThat(all.isComplete()).isFalse();
    Gates.open(gate);
    assertThat(failure(all)).isSameAs(thrown);
  }

  @Test
  void nests() {
    String innerGate = Gates.name();
    List<Future<Void>> inner = new ArrayList<>();

    Future<Void> outer = rpc.waitAll(scope -> {
      hold(scope, gate);
      inner.add(scope.waitAll(deeper -> {
        hold(deeper, innerGate);
        deeper.on("nobody").call(Functions::self);
      }));
      scope.on(1).call(Functions::self);
    });

    Gates.open(innerGate);
    Throwable ofTheInner = failure(inner.get(0));
    assertThat(RpcFailure.of(ofTheInner)).isEqualTo(RpcFailure.NO_SUCH_WORKER);
    assertThat(outer.isComplete()).isFalse();
    Gates.open(gate);
    assertThat(failure(outer)).isSameAs(ofTheInner);
  }

  @Test
  void waitsForTheCallsOfAnInnerScope() {
    Future<Void> outer = rpc.waitAll(scope -> scope.waitAll(deeper -> hold(deeper, gate)));
    get(rpc.on(1).call(Functions::self));

    assertThat(outer.isComplete()).isFalse();
    Gates.open(gate);
    assertThat(get(outer)).isNull();
  }

  @Test
  void doesNotWaitForCallsMadeLater() {
    AtomicReference<Rpc> kept = new AtomicReference<>();
    Future<Void> all = rpc.waitAll(kept::set);
    Future<String> later = hold(kept.get(), gate);

    assertThat(get(all)).isNull();
    assertThat(later.isComplete()).isFalse();
    Gates.open(gate);
    assertThat(get(later)).isEqualTo("w1");
  }

  @Test
  void completesOnTheContextOfItsCaller() {
    Promise<Context> completed = Promise.promise();
    Context caller = group.vertx(0).getOrCreateContext();

    caller.runOnContext(now -> rpc.waitAll(scope -> scope.on(1).call(Functions::self))
        .onComplete(done -> completed.complete(Vertx.currentContext())));

    assertThat(get(completed.future())).isSameAs(caller);
  }

  @Test
  void completesAtOnceWithoutACallAndRefusesNoBody() {
    assertThat(rpc.waitAll(scope -> { }).succeeded()).isTrue();
    assertThatThrownBy(() -> rpc.waitAll(null)).isInstanceOf(NullPointerException.class).hasMessage("calls");
  }
}
