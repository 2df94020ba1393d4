package dev.vertxrpc.runtime;

import static dev.vertxrpc.testing.TestGroup.failure;
import static dev.vertxrpc.testing.TestGroup.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vertxrpc.Rpc;
import dev.vertxrpc.RpcFailure;
import dev.vertxrpc.WorkerInfo;
import dev.vertxrpc.cluster.Counter;
import dev.vertxrpc.cluster.Ops;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import dev.vertxrpc.config.RpcConfig;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JoinTest {
  private final Workers workers = new Workers();

  @AfterEach
  void close() {
    workers.close();
  }

  @Test
  void namesWhoIsMissingAndLeavesNothingBehind() {
    RpcWorker alone = workers.create("w0", Workers.size(3).put("rank", 0).put("joinTimeoutMs", 300));
    long start = System.nanoTime();

    Throwable failure = failure(alone.join());

    assertThat(RpcFailure.of(failure)).isEqualTo(RpcFailure.NOT_JOINED);
    assertThat(failure).hasMessageContaining("missing ranks [1, 2]").hasMessageContaining("within ");
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
    workers.assertNothingIsLeft();
    assertThatThrownBy(alone::rpc).isInstanceOf(IllegalStateException.class);
    RpcWorker again = workers.create("w0", Workers.size(1));
    assertThat(get(get(again.join()).on("w0").call(Ops::greet, "ada"))).isEqualTo("hello ada from w0");
  }

  @Test
  @Tag("T014")
  @Tag("T015")
  void refusesATakenNameOrRankAndLeavesTheGroupUnharmed() {
    Instant before = Instant.now();
    Rpc group = pair();
    Instant after = Instant.now();

    Throwable name = failure(workers.create("w1", Workers.size(2)).join());
    Throwable rank = failure(workers.create("other", Workers.size(2).put("rank", 1)).join());
    Throwable third = failure(workers.create("third", Workers.size(2)).join());

    assertThat(name).hasMessageMatching("w1 cannot join group default: the name is taken by w1 \\(rank 1\\) on \\S+, "
        + "process " + ProcessHandle.current().pid() + ", since 20\\S+Z");
    assertThat(Instant.parse(name.getMessage().replaceFirst(".* since ", ""))).isBetween(before, after);
    assertThat(rank).hasMessageContaining("rank 1 is taken by w1 (rank 1) on ");
    assertThat(third).hasMessageContaining("all of its 2 workers are there: [w0 (rank 0), w1 (rank 1)]");
    assertThat(List.of(name, rank, third)).allMatch(each -> RpcFailure.of(each) == RpcFailure.NOT_JOINED);
    assertThat(get(group.on("w1").call(Ops::greet, "ada"))).isEqualTo("hello ada from w1");
  }

  @Test
  @Tag("T192")
  void refusesToMixStaticAndDynamic() {
    pair();

    Throwable failure = failure(workers.create("w2", new JsonObject()).join());

    assertThat(failure).hasMessageContaining("its members say worldSize 2, this worker says no worldSize");
    assertThat(failure(workers.create("w2", Workers.size(3)).join()))
        .hasMessageContaining("its members say worldSize 2, this worker says worldSize 3; one of them is w0 ");
  }

  @Test
  void staysOpenForTheSuccessorOfAMemberThatIsLostMeanwhile() {
    JsonObject size = Workers.size(3);
    RpcWorker first = workers.create("w0", size);
    RpcWorker lost = workers.create("w1", size);
    Future<Rpc> waiting = first.join();
    Future<Rpc> vain = lost.join();

    get(lost.close());
    Future<Rpc> successor = workers.create("w1", size).join();
    Future<Rpc> last = workers.create("w2", size).join();

    assertThat(RpcFailure.of(failure(vain))).isEqualTo(RpcFailure.NOT_JOINED);
    List<Future<Rpc>> all = List.of(waiting, successor, last);
    all.forEach(joined -> assertThat(get(get(joined).on("w1").call(Ops::greet, "ada"))).isEqualTo("hello ada from w1"));
    all.stream().map(joined -> get(joined).collectives().barrier()).toList().forEach(met -> get(met));
  }

  @Test
  @Tag("T016")
  void hasNoReferencesOrCallsBeforeIt() {
    assertThatThrownBy(workers.create("w0", new JsonObject())::rpc).isInstanceOf(IllegalStateException.class)
        .hasMessage("worker w0 has not joined group default");
  }

  @Test
  @Tag("T158")
  @Tag("T162")
  void refusesAConfigThatIsNoneOrDoesNotFitTheVertxInstance() {
    RpcConfig clustered = RpcConfig.from(new JsonObject().put("name", "w0").put("cluster", new JsonObject()));

    assertThatThrownBy(() -> RpcWorker.create(workers.vertx, clustered)).isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("the config of worker w0 has the key cluster");
    assertThatThrownBy(() -> RpcWorker.create(workers.vertx, null)).hasMessage("config");
    assertThatThrownBy(() -> RpcWorker.create(null, clustered)).hasMessage("vertx");
  }

  @Test
  @Tag("T191")
  @Tag("T002")
  void completesNamesAndRanksThatAreLeftOpen() {
    for (int i = 0; i < 3; i++) {
      get(workers.create("w-*", new JsonObject()).join());
    }

    List<WorkerInfo> group = get(workers.create("w-*", new JsonObject()).join()).group().workers();

    assertThat(group).extracting(WorkerInfo::name).containsExactly("w-0", "w-1", "w-2", "w-3");
    assertThat(group).extracting(WorkerInfo::rank).containsExactly(0, 1, 2, 3);
  }

  @Test
  void keepsGroupsApart() {
    RpcWorker here = workers.create("w0", Workers.size(1).put("group", "here"));
    RpcWorker there = workers.create("w0", Workers.size(1).put("group", "there"));

    assertThat(get(here.join()).group().workers()).hasSize(1);
    assertThat(get(there.join()).group().workers()).hasSize(1);
    assertThat(here.rpc().self()).isNotEqualTo(there.rpc().self());
  }

  @Test
  @Tag("T017")
  @Tag("T157")
  void joinsAgainAfterAShutdown() {
    for (int run = 0; run < 3; run++) {
      RpcWorker worker = workers.create("w0", Workers.size(1));
      Rpc rpc = get(worker.join());
      List<Integer> counts = get(rpc.on("w0").call(Ops::counts,
          List.of(rpc.on("w0").create(Counter::new, run))));

      get(worker.shutdown());

      assertThat(counts).containsExactly(run);
      workers.assertNothingIsLeft();
    }
  }

  @Test
  void endsAJoinThatIsClosedMeanwhile() {
    RpcWorker worker = workers.create("w0", Workers.size(2));
    Future<Rpc> joined = worker.join();

    get(worker.close());

    assertThat(RpcFailure.of(failure(joined))).isEqualTo(RpcFailure.NOT_JOINED);
    workers.assertNothingIsLeft();
  }

  private Rpc pair() {
    Future<Rpc> first = workers.create("w0", Workers.size(2).put("rank", 0)).join();
    Future<Rpc> second = workers.create("w1", Workers.size(2).put("rank", 1)).join();
    get(second);
    return get(first);
  }

  @ParameterizedTest
  @ValueSource(strings = {"PIGEON", "GOODBYE"})
  void refusesFaultsOfFramesThatNoneCanHitBeforeItJoins(String type) {
    JsonObject config = new JsonObject().put("name", "w0").put("faults", new JsonArray().add(
        new JsonObject().put("frame", type).put("action", "drop")));

    assertThatThrownBy(() -> RpcWorker.create(RpcConfig.from(config)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("frames of type " + type + ": expected one of [CALL, ");
  }
}
