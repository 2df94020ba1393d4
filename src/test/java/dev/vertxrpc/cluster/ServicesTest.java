package dev.vertxrpc.cluster;

import static dev.vertxrpc.testing.TestGroup.failure;
import static dev.vertxrpc.testing.TestGroup.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vertxrpc.RRef;
import dev.vertxrpc.RemoteObject;
import dev.vertxrpc.RpcFailure;
import dev.vertxrpc.testing.TestGroup;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** One service on one worker. */
class ServicesTest {
  private final LocalDesk desk = new LocalDesk("w1's");
  private final TestGroup group = TestGroup.local(2, new JsonObject(), (worker, rank) -> {
    if (rank == 1) {
      worker.serve(Desk.class, desk).serve(Desk.class, "back", new LocalDesk("back"));
    }
  });

  @AfterEach
  void close() {
    group.close();
  }

  private RemoteObject<Desk> service() {
    return group.rpc(0).service(Desk.class);
  }

  @Test
  void callsTheObjectThatIsServed() {
    assertThat(get(service().call(Desk::where))).isEqualTo("w1");
    assertThat(get(service().call(Desk::label))).isEqualTo("w1's");
    assertThat(get(service().call(Desk::note, 7))).isNull();
    assertThat(desk.noted).containsExactly(7);
    assertThat(get(service().call(Desk::forget))).isNull();
    assertThat(desk.noted).isEmpty();
    assertThat(get(service().call(Desk::sign))).isEqualTo("desk w1's");
  }

  @Test
  void callsTheServiceOfAWorkerByItsName() {
    assertThat(get(group.rpc(0).on("w1").service(Desk.class).call(Desk::where))).isEqualTo("w1");

    Throwable none = failure(group.rpc(0).on("w0").service(Desk.class).call(Desk::where));

    assertThat(RpcFailure.of(none)).isEqualTo(RpcFailure.NO_SUCH_FUNCTION);
    assertThat(none).hasMessageEndingWith("w0 (rank 0) serves no " + Desk.class.getName()
        + ", but []: call serve() before join() there");
  }

  @Test
  void tellsTwoObjectsOfOneInterfaceApartByTheirNames() {
    assertThat(get(group.rpc(0).service(Desk.class, "back").call(Desk::label))).isEqualTo("back");
    assertThat(get(group.rpc(0).on(1).service(Desk.class, "back").call(Desk::label))).isEqualTo("back");
    assertThat(failure(group.rpc(0).service(Desk.class, "front").call(Desk::label)))
        .hasMessageStartingWith("nobody serves " + Desk.class.getName() + "/front in group " + group.name()
            + ", which has w0 (rank 0) with [], w1 (rank 1) with [" + Desk.class.getName() + ", ");
  }

  @Test
  void copiesWhatAWorkerSendsToAServiceOfItsOwn() {
    List<Integer> numbers = new ArrayList<>(List.of(1, 2, 3));

    List<Integer> reversed = get(group.rpc(1).service(Desk.class).call(Desk::reversed, numbers));

    assertThat(reversed).containsExactly(3, 2, 1);
    assertThat(numbers).containsExactly(1, 2, 3);
  }

  @Test
  void runsBlockingMethodsSideBySide() {
    Future<Boolean> first = service().call(Desk::meet);
    Future<Boolean> second = service().call(Desk::meet);

    assertThat(get(first)).isTrue();
    assertThat(get(second)).isTrue();
  }

  @Test
  void startsTheFutureMethodsOfOneCallerInOrder() {
    List<Future<Void>> calls = IntStream.range(0, 200).mapToObj(i -> service().call(Desk::note, i)).toList();

    get(Future.all(calls));

    assertThat(desk.noted).containsExactlyElementsOf(IntStream.range(0, 200).boxed().toList());
  }

  @Test
  void leavesTheResultOfAMethodWhereItIsMade() {
    try (RRef<String> label = service().remote(Desk::label)) {
      assertThat(label.owner()).isEqualTo(group.rpc(1).self());
      assertThat(get(label.toHere())).isEqualTo("w1's");
    }
    try (RRef<String> nobodys = group.rpc(0).service(Desk.class, "front").remote(Desk::label)) {
      assertThat(RpcFailure.of(failure(nobodys.toHere()))).isEqualTo(RpcFailure.NO_SUCH_WORKER);
    }
  }

  @Test
  void refusesWhatTheInterfaceDoesNotDeclare() {
    Throwable refused = failure(service().call(Object::toString));

    assertThat(RpcFailure.of(refused)).isEqualTo(RpcFailure.NOT_EXPOSED);
    assertThat(refused).hasMessageEndingWith(Desk.class.getName() + ".toString() is not exposed: the object is shared"
        + " as " + Desk.class.getName() + ", which does not declare it");
  }

  @Test
  void refusesWhatIsNoInterface() {
    assertThatThrownBy(() -> group.rpc(0).service(LocalDesk.class)).isInstanceOf(IllegalArgumentException.class)
        .hasMessage(LocalDesk.class.getName() + " is no interface, which is what lists the methods that may be called;"
            + " name the interface that it is served as");
    assertThatThrownBy(() -> group.rpc(0).on(1).service(LocalDesk.class, "back"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> group.rpc(0).service(Shy.class)).isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the interface " + Shy.class.getName() + " is not public, so that nobody else may call its methods;"
            + " make it public");
  }

  /** Not public. Thread-safe. */
  interface Shy {}
}
