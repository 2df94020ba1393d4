package dev.vertxrpc.cluster;

import static dev.vertxrpc.testing.TestGroup.get;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxrpc.RRef;
import dev.vertxrpc.Rpc;
import dev.vertxrpc.cluster.PayloadRefs.Averages;
import dev.vertxrpc.cluster.PayloadRefs.Pair;
import dev.vertxrpc.cluster.Payloads.Payload;
import dev.vertxrpc.testing.TestGroup;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** References to values that travel in the body, or beside it, two of whose arrays are one. */
class ReferencesToPayloadsTest {
  private static final int IN_THE_BODY = 1;
  private static final int BESIDE_IT = 1_000;
  private static final TestGroup GROUP = TestGroup.local(4, new JsonObject().put("bulkThresholdBytes", 64));
  private static final Rpc RPC = GROUP.rpc(0);

  @AfterAll
  static void close() {
    GROUP.close();
  }

  private static RRef<Payload> make(String worker, int size, double value) {
    return RPC.on(worker).remote(PayloadRefs::make, "made", size, value);
  }

  private static void assertPayload(Payload payload, int size, double value) {
    assertThat(payload.weights()).hasSize(size).containsOnly(value);
    assertThat(payload.gradient()).containsOnly(value);
  }

  /** What travels beside the body is one array again. */
  private static void assertShared(Payload payload, int size, double value) {
    assertPayload(payload, size, value);
    assertThat(payload.isShared() || size == IN_THE_BODY).isTrue();
  }

  private static void assertFetched(RRef<Payload> kept, int size, double value) {
    try (kept) {
      assertPayload(get(kept.toHere()), size, value);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {IN_THE_BODY, BESIDE_IT})
  @Tag("T075")
  @Tag("T169")
  void comeFromRemoteHereAndElsewhere(int size) {
    for (String worker : List.of("w0", "w1")) {
      try (RRef<Payload> made = make(worker, size, 4)) {
        assertShared(get(made.toHere()), size, 4);
        assertThat(made.owner().name()).isEqualTo(worker);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {IN_THE_BODY, BESIDE_IT})
  @Tag("T170")
  @Tag("T171")
  @Tag("T172")
  @Tag("T173")
  void toOwnValuesAreArgumentsOfCallsHereAndElsewhere(int size) {
    for (String worker : List.of("w0", "w1")) {
      try (RRef<Payload> own = make("w0", size, 2)) {
        Payload one = Payload.of("one", size, 1);

        assertPayload(Rpc.await(RPC.on(worker).call(PayloadRefs::plus, own, one)), size, 3);
        assertPayload(get(RPC.on(worker).call(PayloadRefs::plus, own, one)), size, 3);
        assertFetched(RPC.on(worker).remote(PayloadRefs::plus, own, one), size, 3);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {IN_THE_BODY, BESIDE_IT})
  @Tag("T181")
  void keepTenResultsOfALibraryFunctionApart(int size) {
    List<RRef<Payload>> sums = IntStream.range(0, 10).mapToObj(i -> RPC.on("w1")
        .remote(Payloads::added, Payload.of("x", size, i), Payload.of("y", size, 100))).toList();

    for (int i = 0; i < 10; i++) {
      assertFetched(sums.get(i), size, 100 + i);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {IN_THE_BODY, BESIDE_IT})
  @Tag("T096")
  @Tag("T182")
  @Tag("T183")
  @Tag("T184")
  void areCombinedOnTheirOwnerOrOnAThirdWorker(int size) {
    for (String worker : List.of("w1", "w2")) {
      try (RRef<Payload> one = make("w1", size, 1);
           RRef<Payload> two = make("w1", size, 2)) {
        assertFetched(RPC.on(worker).remote(PayloadRefs::sum, one, two), size, 3);
        assertPayload(Rpc.await(RPC.on(worker).call(PayloadRefs::sum, one, two)), size, 3);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {IN_THE_BODY, BESIDE_IT})
  @Tag("T079")
  @Tag("T185")
  void hideAFurtherRemoteInOne(int size) {
    assertFetched(RPC.on("w1").remote(PayloadRefs::sumOn, "w2", Payload.of("x", size, 1), Payload.of("y", size, 2)),
        size, 3);
  }

  @ParameterizedTest
  @ValueSource(ints = {IN_THE_BODY, BESIDE_IT})
  @Tag("T186")
  @Tag("T187")
  void toTwentyPairsOfReferencesLeadToTheirValues(int size) {
    List<RRef<Pair>> pairs = IntStream.range(0, 20)
        .mapToObj(i -> RPC.on("w1").remote(PayloadRefs::pairOn, "w2", size, (double) i, i + 1.0)).toList();

    for (int i = 0; i < 20; i++) {
      try (RRef<Pair> pair = pairs.get(i)) {
        Pair fetched = get(pair.toHere());
        assertFetched(fetched.first(), size, i);
        assertFetched(fetched.second(), size, i + 1);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {IN_THE_BODY, BESIDE_IT})
  @Tag("T070")
  @Tag("T071")
  @Tag("T180")
  void standManyCallsAtOnce(int size) {
    List<Future<Integer>> calls = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      calls.add(RPC.on("w1").call(PayloadRefs::zero));
    }
    for (int i = 0; i < 20; i++) {
      calls.add(RPC.on("w1").call(PayloadRefs::heavy, Payload.of("heavy", size, 0.5)));
    }

    assertThat(calls).allSatisfy(call -> assertThat(get(call)).isZero());
  }

  @ParameterizedTest
  @ValueSource(ints = {IN_THE_BODY, BESIDE_IT})
  @Tag("T161")
  @Tag("T188")
  void letTrainersMeetAtAParameterServer(int size) {
    try (RRef<Averages> server = RPC.own(new Averages(3))) {
      List<Future<Payload>> trained = IntStream.rangeClosed(1, 3)
          .mapToObj(rank -> RPC.on(rank).call(PayloadRefs::train, server, size, 10)).toList();

      // Each round adds the mean of the ranks 1, 2 and 3.
      trained.forEach(mean -> assertShared(get(mean), size, 20));
    }
  }
}
