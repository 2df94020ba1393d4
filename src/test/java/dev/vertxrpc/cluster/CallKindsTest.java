package dev.vertxrpc.cluster;

import static dev.vertxrpc.testing.TestGroup.failure;
import static dev.vertxrpc.testing.TestGroup.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vertxrpc.RRef;
import dev.vertxrpc.Rpc;
import dev.vertxrpc.RpcException;
import dev.vertxrpc.RpcFailure;
import dev.vertxrpc.testing.TestGroup;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class CallKindsTest {
  private final TestGroup group = TestGroup.local(2, new JsonObject().put("executor", "pool"));

  @AfterEach
  void close() {
    group.close();
  }

  @Test
  @Tag("T019")
  @Tag("T062")
  void runsEachKindOfFunctionWhereItBelongs() throws InterruptedException {
    Functions.NOTED.clear();

    assertThat(get(group.rpc(0).on("w1").call(Functions::async, "a"))).startsWith("a on vert.x-eventloop-thread");
    assertThat(get(group.rpc(0).on("w1").call(Functions::blocking, "b"))).isEqualTo("b on rpc-w1");
    assertThat(get(group.rpc(0).on("w1").call(Functions::nonBlocking, "c")))
        .startsWith("c on vert.x-eventloop-thread");
    assertThat(get(group.rpc(0).on("w1").call(Functions::note, "d"))).isNull();
    assertThat(Functions.NOTED.poll(10, TimeUnit.SECONDS)).isEqualTo("d on rpc-w1");
  }

  @Test
  @Tag("T020")
  @Tag("T021")
  void findsTheWorkerByNameByRankAndByWhatTheGroupSays() {
    assertThat(get(group.rpc(0).on("w1").call(Functions::self))).isEqualTo("w1");
    assertThat(get(group.rpc(0).on(1).call(Functions::self))).isEqualTo("w1");
    assertThat(get(group.rpc(0).on(group.rpc(1).self()).call(Functions::self))).isEqualTo("w1");
  }

  @Test
  @Tag("T003")
  void copiesWhatItSendsToItself() {
    List<Integer> numbers = new ArrayList<>(List.of(1, 2, 3));

    List<Integer> reversed = get(group.rpc(0).on("w0").call(Functions::reversed, numbers));

    assertThat(reversed).containsExactly(3, 2, 1);
    assertThat(numbers).containsExactly(1, 2, 3);
    assertThat(get(group.rpc(0).on(group.rpc(0).self()).call(Functions::self))).isEqualTo("w0");
  }

  @Test
  @Tag("T001")
  void knowsItselfAndItsPeersByName() {
    assertThat(group.rpc(0).self().name()).isEqualTo("w0");
    assertThat(group.rpc(0).group().worker("w1")).hasValueSatisfying(peer ->
        assertThat(peer.name()).isEqualTo("w1"));
    assertThat(group.rpc(0).group().worker("ada")).isEmpty();
    assertThat(failure(group.rpc(0).on("ada").call(Functions::self)))
        .hasMessageStartingWith("no worker named ada is in group");
  }

  @Test
  @Tag("T004")
  void namesWhoIsThereWhenTheWorkerIsUnknown() {
    Throwable noName = failure(group.rpc(0).on("ada").call(Functions::self));
    Throwable noRank = failure(group.rpc(0).on(2).call(Functions::self));
    Throwable negative = failure(group.rpc(0).on(-1).call(Functions::self));

    assertThat(noName).hasMessage("no worker named ada is in group " + group.name()
        + ", which has [w0 (rank 0), w1 (rank 1)]");
    assertThat(noRank).hasMessageStartingWith("no worker of rank 2 is in group");
    assertThat(List.of(noName, noRank, negative)).allSatisfy(each -> {
      assertThat(RpcFailure.of(each)).isEqualTo(RpcFailure.NO_SUCH_WORKER);
      assertThat(((RpcException) each).mayHaveRun()).isFalse();
    });
    assertThatThrownBy(() -> Rpc.await(group.rpc(0).on(-1).call(Functions::self))).hasMessage(negative.getMessage());
    try (RRef<String> nowhere = group.rpc(0).on(2).remote(Functions::self)) {
      assertThat(failure(nowhere.toHere())).hasMessage(noRank.getMessage());
    }
  }

  @Test
  @Tag("T024")
  @Tag("T061")
  void answersEveryOneOfManyCallsWithItsOwnResult() {
    List<Future<String>> answers = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      answers.add(group.rpc(i % 2).on(1).call(Functions::async, "call " + i));
    }

    for (int i = 0; i < 500; i++) {
      assertThat(get(answers.get(i))).startsWith("call " + i + " on ");
    }
  }

  @Test
  @Tag("T069")
  void callsBackIntoTheCaller() {
    assertThat(get(group.rpc(0).on("w1").call(Ops::via, "w0", "ada"))).isEqualTo("hello ada from w0");
  }

  @Test
  void completesOnTheContextOfItsCaller() {
    List<Object> contexts = get(group.vertx(0).deployVerticle(new ContextKeeper(group.rpc(0)))
        .compose(deployed -> ContextKeeper.SEEN.future()));

    assertThat(contexts.get(0)).isSameAs(contexts.get(1));
  }
}
