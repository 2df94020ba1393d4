package dev.vertxrpc.cluster;

import static dev.vertxrpc.testing.TestGroup.failure;
import static dev.vertxrpc.testing.TestGroup.get;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxrpc.AsyncFn1;
import dev.vertxrpc.RRef;
import dev.vertxrpc.RemoteWorker;
import dev.vertxrpc.RpcException;
import dev.vertxrpc.RpcFailure;
import dev.vertxrpc.testing.TestGroup;
import dev.vertxrpc.testing.Way;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Functions that answer later: what they return is a Future, what the caller gets is its value. */
class AsyncFunctionsTest {
  private static final TestGroup GROUP = TestGroup.local(3);
  private static final RemoteWorker W1 = GROUP.rpc(0).on("w1");

  @AfterAll
  static void close() {
    GROUP.close();
  }

  private static int throughW1(Way way, AsyncFn1<String, Integer> function) {
    return get(way.run(W1, function, "w2"));
  }

  private static RpcException failureOfW1(Way way, AsyncFn1<String, Integer> function, String argument) {
    return (RpcException) failure(way.run(W1, function, argument));
  }

  @ParameterizedTest
  @EnumSource
  @Tag("T133")
  @Tag("T134")
  @Tag("T135")
  void failWithWhatTheyThrowBeforeThereIsAFuture(Way way) {
    RpcException failure = failureOfW1(way, AsyncOps::thrown, "no luck");

    assertThat(failure.failure()).isEqualTo(RpcFailure.REMOTE);
    assertThat(failure.worker()).contains(GROUP.rpc(1).self());
    assertThat(failure.remoteError().orElseThrow())
        .hasToString("java.lang.IllegalArgumentException: no luck");
  }

  @ParameterizedTest
  @EnumSource
  @Tag("T136")
  @Tag("T137")
  @Tag("T138")
  void failSayingWhatTheyReturnedInsteadOfTheDeclaredFuture(Way way) {
    RpcException none = failureOfW1(way, AsyncOps::none, "any");
    RpcException other = failureOfW1(way, AsyncOps::other, "text");

    assertThat(none.failure()).isEqualTo(RpcFailure.REMOTE);
    assertThat(none).hasMessageContaining("AsyncOps.none(String) returned null instead of a Future");
    assertThat(other.failure()).isEqualTo(RpcFailure.CODEC);
    assertThat(other).hasMessageEndingWith(": result (java.lang.Integer): a java.lang.String is none");
  }

  @ParameterizedTest
  @EnumSource
  @Tag("T131")
  @Tag("T139")
  void answerWithAPromiseThatACallbackCompletes(Way way) {
    assertThat(throughW1(way, AsyncOps::promised)).isEqualTo(1 + 2 + 3);
  }

  @ParameterizedTest
  @EnumSource
  @Tag("T132")
  void answerWithAPromiseThatACallbackInACallbackCompletes(Way way) {
    assertThat(throughW1(way, AsyncOps::promisedByTwo)).isEqualTo(1 + 2 + 4);
  }

  @ParameterizedTest
  @EnumSource
  @Tag("T140")
  @Tag("T141")
  void answerWithADerivedFuture(Way way) {
    assertThat(throughW1(way, AsyncOps::derived)).isEqualTo(1 + 2 + 3);
  }

  @ParameterizedTest
  @EnumSource
  @Tag("T142")
  @Tag("T143")
  void callFurtherAsynchronousFunctions(Way way) {
    assertThat(throughW1(way, AsyncOps::derivedFurther)).isEqualTo((1 + 2 + 3) * 10);
  }

  @ParameterizedTest
  @EnumSource
  @Tag("T144")
  @Tag("T145")
  @Tag("T146")
  void mayBeStaticMethodsOfAValuesClass(Way way) {
    assertThat(get(way.run(W1, Point::unit, "x"))).isEqualTo(new Point(1, 0));
  }

  @ParameterizedTest
  @EnumSource
  @Tag("T148")
  @Tag("T149")
  void answerWithTwentyContinuationsOfOneCall(Way way) {
    assertThat(throughW1(way, AsyncOps::chained)).isEqualTo(1 + 2 + 20);
  }

  @ParameterizedTest
  @EnumSource
  @Tag("T150")
  @Tag("T151")
  @Tag("T152")
  void answerWithWhatTwentyCallsAtOnceComplete(Way way) {
    assertThat(throughW1(way, AsyncOps::gathered)).isEqualTo(19 * 20 / 2 + 20);
  }

  @ParameterizedTest
  @EnumSource
  @Tag("T153")
  @Tag("T154")
  @Tag("T155")
  void needNoMarkButMustDeclareTheirFuture(Way way) {
    RpcException hidden = (RpcException) failure(way.run(W1, AsyncOps::hidden, "text"));

    assertThat(get(way.run(W1, Ops::greet, "ada"))).isEqualTo("hello ada from w1");
    assertThat(hidden.failure()).isEqualTo(RpcFailure.CODEC);
    assertThat(hidden.mayHaveRun()).isTrue();
    assertThat(hidden).hasMessageContaining(": result (java.lang.Object): io.vertx.core.impl.future.")
        .hasMessageContaining("cannot travel");
  }

  @Test
  void keepAnUndeclaredFutureThatCannotBeFetchedHoweverOften() {
    try (RRef<Object> kept = W1.remote(AsyncOps::hidden, "text")) {
      get(kept.confirmed());

      assertThat(RpcFailure.of(failure(kept.toHere()))).isEqualTo(RpcFailure.CODEC);
      assertThat(RpcFailure.of(failure(kept.toHere()))).isEqualTo(RpcFailure.CODEC);
    }
  }
}
