package dev.vertxrpc.cluster;

import static dev.vertxrpc.testing.TestGroup.failure;
import static dev.vertxrpc.testing.TestGroup.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vertxrpc.CallOptions;
import dev.vertxrpc.RRef;
import dev.vertxrpc.RemoteWorker;
import dev.vertxrpc.Rpc;
import dev.vertxrpc.RpcException;
import dev.vertxrpc.RpcFailure;
import dev.vertxrpc.config.RpcConfig;
import dev.vertxrpc.runtime.RpcWorker;
import dev.vertxrpc.testing.TestGroup;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Worker w0 uses a codec of its own for its calls, w1 knows it and another one, w2 knows none. */
class CodecsTest {
  private static final String LINE = "java.lang.String";

  private final SerialCodec ofW0 = new SerialCodec("serial");
  private final SerialCodec atW1 = new SerialCodec("serial");
  private final SerialCodec other = new SerialCodec("other");
  private final SerialCodec otherAtW1 = new SerialCodec("other");
  private int prepared;
  private final TestGroup group = TestGroup.local(3, this::prepare);
  private final Rpc rpc = group.rpc(0);

  private void prepare(RpcWorker worker) {
    if (prepared == 0) {
      worker.codec(ofW0);
    } else if (prepared == 1) {
      worker.addCodec(atW1).addCodec(otherAtW1);
    }
    prepared++;
  }

  @AfterEach
  void close() {
    group.close();
  }

  @Test
  void usesTheCallersCodecForArgumentsAndResult() {
    assertThat(get(rpc.on("w1").call(Ops::greet, "ada"))).isEqualTo("hello ada from w1");

    assertThat(ofW0.done).containsExactly("encode " + LINE, "decode " + LINE);
    assertThat(atW1.done).containsExactly("decode " + LINE, "encode " + LINE);
  }

  @Test
  void usesTheBuiltInCodecForCallersWithoutOne() {
    assertThat(get(group.rpc(1).on("w0").call(Ops::greet, "ada"))).isEqualTo("hello ada from w0");
    assertThat(get(group.rpc(2).on("w1").call(Ops::greet, "ada"))).isEqualTo("hello ada from w1");
    assertThat(get(rpc.collectives().among("w0").of(String.class).allGather("x"))).containsEntry("w0", "x");

    assertThat(ofW0.done).isEmpty();
    assertThat(atW1.done).isEmpty();
  }

  /** Defect D-28 of the model: its override was one-way, for all threads, and restored another one. */
  @Test
  @Tag("T108")
  void overridesTheCodecForSomeCallsBothWaysAndForNoOthers() {
    RemoteWorker plain = rpc.on("w1");
    RemoteWorker overridden = plain.with(CallOptions.create().withCodec(other));
    RemoteWorker within = overridden.with(CallOptions.create().withCodec(ofW0));

    Future<String> before = plain.call(Ops::greet, "a");
    Future<String> during = overridden.call(Ops::greet, "b");
    Future<String> inner = within.call(Ops::greet, "c");
    Future<String> outer = overridden.call(Ops::greet, "d");
    Future<String> after = plain.call(Ops::greet, "e");

    assertThat(get(Future.all(List.of(before, during, inner, outer, after))).<String>list()).containsExactly(
        "hello a from w1", "hello b from w1", "hello c from w1", "hello d from w1", "hello e from w1");
    assertThat(other.done).hasSize(4).containsOnly("encode " + LINE, "decode " + LINE);
    assertThat(otherAtW1.done).hasSize(4);
    assertThat(ofW0.done).hasSize(6);
    assertThat(atW1.done).hasSize(6);
  }

  @Test
  void encodesAKeptValueWithTheCodecOfWhoFetchesIt() {
    try (RRef<String> kept = rpc.on("w1").remote(Ops::via, "w1", "ada")) {
      assertThat(get(kept.toHere())).isEqualTo("hello ada from w1");
      assertThat(atW1.done).containsExactly("decode " + LINE, "decode " + LINE, "encode " + LINE);

      assertThat(get(kept.with(CallOptions.create().withCodec(other)).toHere())).isEqualTo("hello ada from w1");
      assertThat(otherAtW1.done).containsExactly("encode " + LINE);
      assertThat(other.done).containsExactly("decode " + LINE);
    }
  }

  @Test
  void saysWhichCodecsACalleeKnows() {
    String expected = "no codec named serial is known on w2 (rank 2), which knows []: call RpcWorker.codec(...) or "
        + "addCodec(...) there, before join()";
    SerialCodec third = new SerialCodec("third");
    RRef<String> kept = rpc.on("w2").remote(Ops::via, "w2", "ada");
    RRef<Integer> good = rpc.on("w1").remote(Math0::one);

    assertThat(List.of(failure(rpc.on("w2").call(Ops::greet, "ada")), failure(kept.toHere()))).allSatisfy(refused -> {
      assertThat(refused).hasMessageContaining(expected);
      assertThat(RpcFailure.of(refused)).isEqualTo(RpcFailure.CODEC);
      assertThat(((RpcException) refused).mayHaveRun()).isFalse();
    });
    assertThat(failure(good.with(CallOptions.create().withCodec(third)).toHere()))
        .hasMessageContaining("no codec named third is known on w1 (rank 1), which knows [other, serial]");
    kept.close();
    good.close();
  }

  /** Defect D-27 of the model: what serialised next on that thread was broken. */
  @Test
  void namesTheCodecThatThrewAndLeavesNothingBehind() {
    Functions.NOTED.clear();
    for (Throwable thrown : List.of(new IllegalStateException("boom"), new IOException("boom"),
        new AssertionError("boom"), new StackOverflowError("boom"))) {
      ofW0.fault = () -> thrown;
      Future<Void> encoding = rpc.on("w1").call(Functions::note, "never");
      assertThat(encoding.cause()).hasMessage("argument 1 (java.lang.String): the codec serial could not encode it: "
          + thrown).hasCause(thrown);
      assertThat(((RpcException) encoding.cause()).mayHaveRun()).isFalse();

      atW1.fault = () -> thrown;
      assertThat(failure(rpc.on("w1").call(Functions::note, "never"))).hasMessageEndingWith(
          "argument 1 (java.lang.String): the codec serial could not decode it: " + thrown);

      Future<String> answer = rpc.on("w1").call(Functions::pend, "codec-" + thrown.getClass().getName());
      takeNote();
      atW1.fault = () -> thrown;
      Functions.promise("codec-" + thrown.getClass().getName()).complete("done");
      assertThat(failure(answer)).hasMessageEndingWith("result (java.lang.String): the codec serial could not encode it: "
          + thrown).satisfies(each -> assertThat(((RpcException) each).mayHaveRun()).isTrue());

      assertThat(get(rpc.on("w1").call(Ops::greet, "ada"))).isEqualTo("hello ada from w1");
    }
    assertThat(Functions.NOTED).isEmpty();
  }

  @Test
  void keepsNullsAndReferencesFromTheCodec() {
    try (RRef<Counter> counter = rpc.on("w1").create(Counter::new, 5)) {
      get(counter.call(Counter::get));
      atW1.done.clear();
      ofW0.done.clear();

      try (RRef<Counter> back = get(rpc.on("w1").call(Ops::pass, counter))) {
        assertThat(get(rpc.on("w1").call(Ops::log, (String) null))).isNull();
        assertThat(get(back.call(Counter::get))).isEqualTo(5);
      }
      assertThat(atW1.done).containsExactly("encode int");
      assertThat(ofW0.done).containsExactly("decode int");
    }
  }

  @Test
  void refusesNamesThatSayNothing() {
    RpcWorker worker = RpcWorker.create(group.vertx(0), RpcConfig.from(new JsonObject().put("name", "x")));
    worker.codec(ofW0);

    assertThatThrownBy(() -> worker.addCodec(atW1)).isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a codec named serial is known already; give one of them another name");
    assertThatThrownBy(() -> worker.codec(other)).hasMessage("the calls of this worker use the codec serial already; "
        + "add the other one with addCodec() and name it in CallOptions");
    for (String name : new String[] {"", " ", null}) {
      assertThatThrownBy(() -> worker.addCodec(new SerialCodec(name))).isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("name");
      assertThatThrownBy(() -> CallOptions.create().withCodec(new SerialCodec(name)))
          .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("name");
    }
    assertThatThrownBy(() -> group.worker(0).addCodec(new SerialCodec("late")))
        .isInstanceOf(IllegalStateException.class).hasMessageContaining("addCodec() comes before join()");
  }

  private static void takeNote() {
    try {
      assertThat(Functions.NOTED.poll(20, java.util.concurrent.TimeUnit.SECONDS)).isNotNull();
    } catch (InterruptedException interrupted) {
      throw new AssertionError(interrupted);
    }
  }

  /** A number without arguments, for which no codec is asked. */
  @dev.vertxrpc.Remote
  public static final class Math0 {
    private Math0() {}

    public static int one() {
      return 1;
    }
  }
}
