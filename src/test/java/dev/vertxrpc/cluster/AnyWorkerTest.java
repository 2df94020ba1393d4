package dev.vertxrpc.cluster;

import static dev.vertxrpc.testing.TestGroup.failure;
import static dev.vertxrpc.testing.TestGroup.get;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxrpc.RRef;
import dev.vertxrpc.RemoteObject;
import dev.vertxrpc.RemoteWorker;
import dev.vertxrpc.RpcException;
import dev.vertxrpc.RpcFailure;
import dev.vertxrpc.testing.Gates;
import dev.vertxrpc.testing.TestGroup;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Three workers that would do, and one that asks them. */
class AnyWorkerTest {
  private final TestGroup group =
      TestGroup.local(4, new JsonObject().put("roles", new JsonArray().add("clerk")), (worker, rank) -> {
        if (rank > 0) {
          worker.serve(Desk.class, new LocalDesk("desk " + rank));
        }
      });

  private Future<String> asked;

  @AfterEach
  void close() {
    group.close();
  }

  private RemoteObject<Desk> service() {
    return group.rpc(0).service(Desk.class);
  }

  private List<String> where(int calls) {
    List<String> where = new ArrayList<>();
    for (int i = 0; i < calls; i++) {
      where.add(get(service().call(Desk::where)));
    }
    return where;
  }

  @Test
  void goesRoundAmongEquals() {
    assertThat(where(6)).containsExactly("w1", "w2", "w3", "w1", "w2", "w3");
  }

  @Test
  void asksEachOnceBeforeAnyIsAskedTwice() {
    String gate = Gates.name();
    List<Future<String>> held = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      held.add(service().call(Desk::whereOnceOpen, gate));
    }

    Gates.open(gate);

    assertThat(held.stream().map(TestGroup::get)).containsExactly("w1", "w2", "w3", "w1", "w2", "w3");
  }

  @Test
  void movesAwayFromWhoIsBusy() {
    String gate = Gates.name();
    Future<String> held = service().call(Desk::whereOnceOpen, gate);

    assertThat(where(4)).containsExactly("w2", "w3", "w2", "w3");
    Gates.open(gate);
    assertThat(get(held)).isEqualTo("w1");
    assertThat(where(3)).containsExactlyInAnyOrder("w1", "w2", "w3");
  }

  @Test
  void goesToAnotherWhenOneIsLost() {
    String gate = Gates.name();
    Future<String> held = service().call(Desk::whereOnceOpen, gate);

    group.lose(1);
    Throwable lost = failure(held);

    assertThat(((RpcException) lost).worker().orElseThrow().name()).isEqualTo("w1");
    assertThat(where(4)).containsExactly("w2", "w3", "w2", "w3");
  }

  @Test
  void goesToAnotherOnceOneHasSaidThatItIsLeaving() {
    String gate = Gates.name();
    RemoteObject<Desk> ofW1 = group.rpc(2).on("w1").service(Desk.class);
    Future<String> held = ofW1.call(Desk::whereOnceOpen, gate);
    // It has started before this one.
    get(ofW1.call(Desk::where));

    Future<Void> leaving = group.worker(1).leave();
    group.eventually("w1 takes no calls any more", () -> refuses("w1"));

    assertThat(where(4)).containsExactlyInAnyOrder("w2", "w3", "w2", "w3");
    Gates.open(gate);
    assertThat(get(held)).isEqualTo("w1");
    get(leaving);
    group.leave(1);
  }

  /** Asks again until it does. */
  private boolean refuses(String worker) {
    if (asked == null || asked.succeeded()) {
      asked = group.rpc(0).on(worker).call(Functions::self);
    }
    return asked.failed() && RpcFailure.of(asked.cause()) == RpcFailure.WORKER_LEFT;
  }

  @Test
  void failsWhenTheLastOneIsLost() {
    group.lose(1);
    group.lose(2);
    group.lose(3);
    group.eventually("w0 knows", () -> group.rpc(0).group().workers().size() == 1);

    Throwable nobody = failure(service().call(Desk::where));

    assertThat(RpcFailure.of(nobody)).isEqualTo(RpcFailure.NO_SUCH_WORKER);
    assertThat(nobody).hasMessage("nobody serves " + Desk.class.getName() + " in group " + group.name()
        + ", which has w0 (rank 0) with [clerk]");
  }

  @Test
  void picksByRoleAmongAllThatHaveIt() {
    RemoteWorker any = group.rpc(0).any("clerk");

    List<String> picked = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      picked.add(get(any.call(Functions::self)));
    }

    assertThat(picked).containsExactly("w0", "w1", "w2", "w3");
    try (RRef<String> left = any.remote(Functions::self)) {
      assertThat(get(left.toHere())).isEqualTo(left.owner().name());
    }
  }

  @Test
  void takesTheNameOfAnInterfaceForARole() {
    assertThat(get(group.rpc(0).any(Desk.class.getName()).call(Functions::self))).isEqualTo("w1");
    assertThat(get(group.rpc(0).any(Desk.class.getName()).service(Desk.class).call(Desk::where))).isEqualTo("w2");
  }

  @Test
  void namesWhoIsThereWhenNobodyHasTheRole() {
    RpcException nobody = (RpcException) failure(group.rpc(0).any("boss").call(Functions::self));

    assertThat(nobody.failure()).isEqualTo(RpcFailure.NO_SUCH_WORKER);
    assertThat(nobody.mayHaveRun()).isFalse();
    assertThat(nobody).hasMessageStartingWith("nobody has the role boss in group " + group.name()
        + ", which has w0 (rank 0) with [clerk], w1 (rank 1) with [clerk, " + Desk.class.getName() + "]");
  }
}
