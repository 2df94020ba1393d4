package dev.vertxrpc.cluster;

import static dev.vertxrpc.testing.TestGroup.failure;
import static dev.vertxrpc.testing.TestGroup.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vertxrpc.CallOptions;
import dev.vertxrpc.RpcException;
import dev.vertxrpc.RpcFailure;
import dev.vertxrpc.cluster.Ledgers.Ledger;
import dev.vertxrpc.testing.Gates;
import dev.vertxrpc.testing.TestGroup;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ProxyTest {
  private final LocalDesk served = new LocalDesk("w1's");
  private final TestGroup group = TestGroup.local(2, new JsonObject(), (worker, rank) -> {
    if (rank == 1) {
      worker.serve(Desk.class, served).serve(Ledger.class, Ledgers.open());
    }
  });
  private final Desk desk = group.rpc(0).proxy(Desk.class);
  private final Ledger ledger = group.rpc(0).on("w1").proxy(Ledger.class);

  @AfterEach
  void close() {
    group.close();
  }

  @Test
  void returnsTheFutureOfTheCall() {
    assertThat(get(desk.where())).isEqualTo("w1");
    assertThat(get(desk.note(3))).isNull();
    assertThat(served.noted).containsExactly(3);
  }

  @Test
  void waitsForPlainResults() {
    served.noted.add(1);

    assertThat(desk.label()).isEqualTo("w1's");
    assertThat(desk.reversed(List.of(1, 2))).containsExactly(2, 1);
    desk.forget();
    assertThat(served.noted).isEmpty();
  }

  @Test
  void refusesToWaitOnAnEventLoopBeforeAnythingIsSent() {
    served.noted.add(1);
    Throwable refused = failure(group.vertx(0).timer(1).map(fired -> {
      desk.forget();
      return "waited";
    }));

    assertThat(refused).isInstanceOf(IllegalStateException.class).hasMessage(Desk.class.getName()
        + ".forget() waits for its result, and on an event loop would block it: let the interface return a Future, or"
        + " call through the object itself, call(Desk::forget, ...), which returns one");
    assertThat(get(desk.where())).isEqualTo("w1");
    assertThat(served.noted).containsExactly(1);
  }

  @Test
  void bindsGenericsAndTellsOverloadsApart() throws Exception {
    ledger.put("a", 1);
    ledger.put("b", 2);

    assertThat(ledger.get("b")).isEqualTo(2);
    assertThat(get(ledger.all(List.of("b", "a")))).containsExactly(2, 1);
    assertThat(get(ledger.size())).isEqualTo(2);
    assertThat(get(ledger.put(5))).isEqualTo("int 5");
    assertThat(ledger.put(5, List.of(6))).isEqualTo("long 5 and [6]");
    ledger.close();
    assertThat(ledger.get("b")).isNull();
  }

  @Test
  void takesMoreParametersThanAMethodReferenceMay() {
    assertThat(ledger.seven(1, 2, 0.5, true, "e", List.of("f"), Map.of("g", 7)))
        .isEqualTo("[1, 2, 0.5, true, e, [f], {g=7}]");
  }

  @Test
  void runsDefaultMethodsHere() throws Exception {
    ledger.put("a", 21);

    assertThat(ledger.twice("a")).isEqualTo("here 42");
    assertThat(get(group.rpc(0).service(Ledger.class).call(Ledger::twice, "a"))).isEqualTo("w1 42");
  }

  @Test
  void keepsWhatEveryObjectHasToItself() {
    assertThat(desk).isEqualTo(desk).isNotEqualTo(group.rpc(0).proxy(Desk.class)).hasSameHashCodeAs(desk);
    assertThat(desk).hasToString("proxy " + Desk.class.getName() + " for service " + Desk.class.getName()
        + " of any worker that serves it");
    assertThat(ledger).hasToString("proxy " + Ledger.class.getName() + " for service " + Ledger.class.getName()
        + " of worker named w1");
  }

  @Test
  void throwsNoExceptionThatTheMethodDoesNotDeclare() {
    assertThatThrownBy(() -> ledger.put("a", null)).isInstanceOfSatisfying(RpcException.class, thrown ->
        assertThat(thrown.remoteError().orElseThrow().type()).isEqualTo(Ledgers.MissingException.class.getName()));
    assertThatThrownBy(() -> group.rpc(0).on("w0").proxy(Desk.class).label()).isInstanceOfSatisfying(RpcException.class,
        thrown -> assertThat(thrown.failure()).isEqualTo(RpcFailure.NO_SUCH_FUNCTION));
  }

  @Test
  void makesCallsWithTheOptionsOfItsView() {
    Desk hasty = group.rpc(0).service(Desk.class).withTimeout(Duration.ofMillis(1)).proxy(Desk.class);
    Desk hastyToo = group.rpc(0).on(1).with(CallOptions.create().withTimeout(Duration.ofMillis(1))).proxy(Desk.class);
    String gate = Gates.name();

    assertThat(RpcFailure.of(failure(hasty.whereOnceOpen(gate)))).isEqualTo(RpcFailure.TIMEOUT);
    assertThat(RpcFailure.of(failure(hastyToo.whereOnceOpen(gate)))).isEqualTo(RpcFailure.TIMEOUT);
  }

  @Test
  @SuppressWarnings("unchecked") // It is what the test is about.
  void refusesAMethodWhoseTypesAreNotConcreteWhenItIsCalled() {
    Ledgers.Book<String, Integer, Future<Integer>> raw = group.rpc(0).service(Ledger.class).proxy(Ledgers.Book.class);

    assertThatThrownBy(() -> raw.get("a")).isInstanceOf(IllegalArgumentException.class)
        .hasMessage("In " + Ledgers.Book.class.getName() + ": " + Ledgers.Book.class.getName() + ".get(Object) takes K,"
            + " and nothing at run time says which type that is; wrap it in a method with concrete types");
  }

  @Test
  void refusesWhatTheServiceIsNot() {
    assertThatThrownBy(() -> group.rpc(0).service(Desk.class).proxy(Ledger.class))
        .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("is not " + Desk.class.getName());
    assertThatThrownBy(() -> group.rpc(0).proxy(LocalDesk.class)).isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("is no interface");
  }
}
