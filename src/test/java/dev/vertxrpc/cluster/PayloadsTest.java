package dev.vertxrpc.cluster;

import static dev.vertxrpc.testing.TestGroup.failure;
import static dev.vertxrpc.testing.TestGroup.get;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxrpc.RRef;
import dev.vertxrpc.Rpc;
import dev.vertxrpc.RpcException;
import dev.vertxrpc.RpcFailure;
import dev.vertxrpc.cluster.Payloads.Basket;
import dev.vertxrpc.cluster.Payloads.Payload;
import dev.vertxrpc.testing.TestGroup;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Calls with values of which parts travel beside the body. */
class PayloadsTest {
  private static final JsonObject SETTINGS = new JsonObject().put("bulkThresholdBytes", 64)
      .put("limits", new JsonObject().put("maxPayloadBytes", 20_000).put("maxElements", 1_000));
  private static final int SIZE = 100;

  private final TestGroup group = TestGroup.local(2, SETTINGS);
  private final Rpc rpc = group.rpc(0);

  @AfterEach
  void close() {
    group.close();
  }

  @Test
  @Tag("T063")
  void addsTwoPayloads() {
    Payload sum = get(rpc.on("w1").call(Payloads::added, Payload.of("x", SIZE, 1), Payload.of("y", SIZE, 2)));

    assertSame(sum, Payload.of("x+y", SIZE, 3));
  }

  @Test
  @Tag("T064")
  void answersPayloadsOfEverySizeInOrder() {
    List<Future<Buffer>> answers = new ArrayList<>();
    List<Buffer> sent = new ArrayList<>();
    for (int size = 0; size < 100; size++) {
      sent.add(Buffer.buffer("x".repeat(size)));
      answers.add(rpc.on("w1").call(Payloads::bytes, sent.get(size)));
    }

    assertThat(get(Future.all(answers)).<Buffer>list()).isEqualTo(sent);
  }

  @Test
  @Tag("T065")
  void bringsPayloadsInContainersEqual() {
    Payload shared = Payload.of("shared", SIZE, 5);
    Payload other = new Payload("other", shared.weights(), new double[] {1});
    Buffer bytes = Buffer.buffer("b".repeat(SIZE));
    Basket sent = new Basket(List.of(shared, other, shared), Map.of("a", shared, "b", other), shared,
        List.of(bytes, bytes, Buffer.buffer("short")));

    Basket back = get(rpc.on("w1").call(Payloads::basket, sent));

    assertThat(back).usingRecursiveComparison().isEqualTo(sent);
    assertThat(back.one().weights()).isSameAs(back.list().get(1).weights()).isSameAs(back.map().get("a").gradient());
    assertThat(back.buffers().get(0)).isSameAs(back.buffers().get(1));
  }

  @Test
  @Tag("T178")
  void sumsPayloadsInAList() {
    List<Payload> payloads = List.of(Payload.of("a", SIZE, 1), Payload.of("b", SIZE, 2), Payload.of("c", 1, 3));

    assertThat(get(rpc.on("w1").call(Payloads::sum, payloads))).isEqualTo(3 * SIZE + 3.0);
  }

  @Test
  @Tag("T168")
  void callsByRankWithPayloads() {
    Payload sent = Payload.of("x", SIZE, 1);

    Future<Payload> async = rpc.on(1).call(Payloads::echo, sent);
    Payload now = Rpc.await(rpc.on(1).call(Payloads::echo, sent));
    try (RRef<Payload> kept = rpc.on(1).remote(Payloads::echo, sent)) {
      for (Payload back : List.of(now, get(async), get(kept.toHere()))) {
        assertSame(back, sent);
        assertThat(back.isShared()).isTrue();
      }
    }
  }

  @Test
  @Tag("T175")
  void addsPayloadsTwentyTimesInTurn() {
    Payload total = Payload.of("0", SIZE, 0);
    for (int i = 1; i <= 20; i++) {
      total = Rpc.await(rpc.on(1).call(Payloads::added, total, Payload.of("" + i, SIZE, i)));
      assertThat(total.weights()).hasSize(SIZE).containsOnly(i * (i + 1) / 2.0);
    }
  }

  @Test
  @Tag("T179")
  void callsBackWithPayloads() {
    Payload sum = get(rpc.on("w1").call(Payloads::addedThere, Payload.of("x", SIZE, 1), Payload.of("y", SIZE, 2)));

    assertSame(sum, Payload.of("x+y", SIZE, 3));
  }

  @Test
  @Tag("T174")
  void callsItselfInAGroupOfOne() {
    try (TestGroup one = TestGroup.local(1, SETTINGS)) {
      Payload sent = Payload.of("x", SIZE, 1);
      Rpc self = one.rpc(0);

      assertSame(get(self.on("w0").call(Payloads::added, sent, sent)), Payload.of("x+x", SIZE, 2));
      assertThat(get(self.on(0).call(Payloads::isOne, sent, sent.weights()))).isTrue();
      try (RRef<Payload> kept = self.on(0).remote(Payloads::added, sent, sent)) {
        assertSame(get(kept.toHere()), Payload.of("x+x", SIZE, 2));
      }
    }
  }

  /** Invariant 10. */
  @Test
  void keepsOneArrayOneInAMessageAndApartFromTheCallers() {
    for (String to : List.of("w0", "w1")) {
      Payload sent = Payload.of("x", SIZE, 1);

      assertThat(get(rpc.on(to).call(Payloads::isOne, sent, sent.weights()))).isTrue();
      assertThat(get(rpc.on(to).call(Payloads::isOne, sent, sent.weights().clone()))).isFalse();
      List<double[]> back = get(rpc.on(to).call(Payloads::spoilt, sent.weights()));
      assertThat(back.get(0)).isSameAs(back.get(1)).isNotSameAs(sent.weights()).startsWith(-1);
      assertThat(sent.weights()).containsOnly(1);
    }
  }

  @Test
  @Tag("T128")
  void refusesAFutureAsArgumentAtTheCaller() {
    Payloads.RUN.set(0);
    Future<String> argument = Future.succeededFuture("ada");

    Future<String> call = rpc.on("w1").call(Payloads::named, argument);
    Throwable now = org.assertj.core.api.Assertions.catchThrowable(
        () -> Rpc.await(rpc.on("w1").call(Payloads::named, argument)));
    RRef<String> remote = rpc.on("w1").remote(Payloads::named, argument);

    assertThat(call.failed()).as("refused before anything was sent").isTrue();
    for (Throwable refused : List.of(call.cause(), now, failure(remote.toHere()))) {
      assertThat(refused).hasMessageStartingWith("argument 1 (io.vertx.core.Future<java.lang.String>): ")
          .hasMessageContaining(" cannot travel: a Future stays where its value is made. Make the call when that is "
              + "there, future.compose(value -> worker.call(function, value))");
      assertThat(RpcFailure.of(refused)).isEqualTo(RpcFailure.CODEC);
      assertThat(((RpcException) refused).mayHaveRun()).isFalse();
    }
    remote.close();
    assertThat(get(rpc.on("w1").call(Functions::self))).isEqualTo("w1");
    assertThat(Payloads.RUN).hasValue(0);
  }

  @Test
  void refusesStreamsAsSuchBothWays() {
    String advice = " cannot travel: a stream is read where it is. Pass what was read";
    Future<String> stream = rpc.on("w1").call(Payloads::play, new Payloads.Silence());
    Future<String> input = rpc.on("w1").call(Payloads::read, new ByteArrayInputStream(new byte[1]));

    assertThat(stream.cause()).hasMessageContaining("Payloads$Silence" + advice);
    assertThat(input.cause()).hasMessageContaining("java.io.ByteArrayInputStream" + advice);
    for (Throwable refused : List.of(failure(rpc.on("w1").call(Payloads::stream)),
        failure(rpc.on("w1").call(Payloads::open)))) {
      assertThat(refused).hasMessageContaining("on w1 (rank 1)").hasMessageContaining(": result (").hasMessageContaining(advice);
      assertThat(((RpcException) refused).mayHaveRun()).isTrue();
    }
  }

  @Test
  void refusesWhatIsTooLargeAndKeepsServing() {
    Future<Buffer> large = rpc.on("w1").call(Payloads::bytes, Buffer.buffer(new byte[20_000]));
    List<Payload> many = java.util.Collections.nCopies(200, new Payload("x", null, null));

    assertThat(large.cause()).hasMessageStartingWith("argument 1 (io.vertx.core.buffer.Buffer): too large: found at "
        + "least 20003 bytes, the limit is 20000 (limits.maxPayloadBytes)");
    assertThat(failure(rpc.on("w1").call(Payloads::sum, many)))
        .hasMessageContaining("too many elements: found at least 1001, the limit is 1000 (limits.maxElements)");
    assertThat(get(rpc.on("w1").call(Payloads::bytes, Buffer.buffer(new byte[19_000])))).hasToString(
        Buffer.buffer(new byte[19_000]).toString());
  }

  private static void assertSame(Payload actual, Payload expected) {
    assertThat(actual).usingRecursiveComparison().isEqualTo(expected);
  }
}
