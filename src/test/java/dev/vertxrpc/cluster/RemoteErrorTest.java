package dev.vertxrpc.cluster;

import static dev.vertxrpc.testing.TestGroup.failure;
import static dev.vertxrpc.testing.TestGroup.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import dev.vertxrpc.Fn0;
import dev.vertxrpc.RRef;
import dev.vertxrpc.RemoteError;
import dev.vertxrpc.Rpc;
import dev.vertxrpc.RpcException;
import dev.vertxrpc.RpcFailure;
import dev.vertxrpc.testing.Faults;
import dev.vertxrpc.testing.Faults.Kind;
import dev.vertxrpc.testing.Logged;
import dev.vertxrpc.testing.TestGroup;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What is told of a function that failed, where it failed and to whom it matters. */
class RemoteErrorTest {
  private static final String FAILURES = "dev.vertxrpc.call.Failures";

  @Test
  @Tag("T067")
  void isThrownToTheCallerAndLoggedOnceWhereItHappened() {
    try (TestGroup group = TestGroup.local(2); Logged logged = new Logged(FAILURES)) {
      for (Supplier<Future<?>> call : List.<Supplier<Future<?>>>of(
          () -> group.rpc(0).on("w1").call(Functions::fail, "logged once"),
          () -> group.rpc(0).on("w1").call(Functions::failLater, "logged once"))) {
        int before = logged.with("event=function-failed").size();
        RpcException failure = (RpcException) failure(call.get());

        assertThat(failure.remoteError().orElseThrow())
            .hasToString("java.lang.IllegalArgumentException: logged once");
        List<ILoggingEvent> events = logged.with("event=function-failed");
        assertThat(events).hasSize(before + 1);
        ILoggingEvent event = events.get(before);
        assertThat(event.getLevel()).isEqualTo(Level.INFO);
        assertThat(event.getFormattedMessage()).matches("event=function-failed "
            + "function=.*Functions\\.fail.*\\(String\\) caller=w0 \\(rank 0\\) call=[0-9]+");
        assertThat(event.getThrowableProxy().getMessage()).isEqualTo("logged once");
      }
    }
  }

  @Test
  void isAnsweredAlthoughItCannotBeLogged() {
    try (TestGroup group = TestGroup.local(2); Logged logged = new Logged(FAILURES)) {
      failure(group.rpc(0).on("w1").call(Faults::blocking, Kind.HOSTILE));

      assertThat(logged.with("type=" + Faults.Hostile.class.getName())).hasSize(1);
    }
  }

  @Test
  void namesFunctionWorkerAndCallAtEachHop() {
    try (TestGroup group = TestGroup.local(2)) {
      RpcException failure = (RpcException) failure(group.rpc(0).on("w1").call(Functions::failFar, 1));

      String hop = "dev\\.vertxrpc\\.cluster\\.Functions\\.failFar\\(int\\) failed on w%d \\(rank %d\\), call [0-9]+: ";
      String there = String.format(hop, 0, 0) + "java\\.lang\\.IllegalArgumentException: far away";
      assertThat(failure.getMessage()).matches(String.format(hop, 1, 1) + "dev\\.vertxrpc\\.RpcException: " + there);
      assertThat(failure.remoteError().orElseThrow().message()).matches(there);
      assertThat(failure.remoteError().flatMap(RemoteError::cause).orElseThrow())
          .hasToString("java.lang.IllegalArgumentException: far away");
    }
  }

  @Test
  void hidesItsStackTracesWhereTheWorkerSaysSo() {
    try (TestGroup group = TestGroup.local(2, new JsonObject().put("exposeStackTraces", false));
         RRef<String> kept = group.rpc(0).on("w1").remote(Faults::blocking, Kind.CAUSED);
         RRef<String> here = group.rpc(0).on("w0").remote(Faults::blocking, Kind.CAUSED)) {
      for (Future<?> call : List.<Future<?>>of(group.rpc(0).on("w1").call(Faults::blocking, Kind.CAUSED),
          kept.toHere(), here.toHere(), group.rpc(0).on("w1").call(Functions::failFar, 2))) {
        RemoteError error = ((RpcException) failure(call)).remoteError().orElseThrow();

        assertHidden(error);
        assertThat(error.message()).isNotEmpty();
        assertThat(error.cause()).isPresent();
      }
    }
  }

  private static void assertHidden(RemoteError error) {
    assertThat(error.frames()).isEmpty();
    error.cause().ifPresent(RemoteErrorTest::assertHidden);
    error.suppressed().forEach(RemoteErrorTest::assertHidden);
  }

  @Test
  void isOfItsOwnClassAgainWhereAFactoryIsRegistered() {
    try (TestGroup group = TestGroup.local(2, worker -> worker
            .restore(Faults.Several.class, error -> new Faults.Several(1, error.message(), " again"))
            .restore(RuntimeException.class, error -> new RuntimeException("only for exactly that class")));
         RRef<String> kept = group.rpc(0).on("w1").remote(Faults::blocking, Kind.SEVERAL);
         RRef<String> here = group.rpc(0).on("w0").remote(Faults::blocking, Kind.SEVERAL);
         RRef<Faults> object = group.rpc(0).on("w1").create(Faults::new)) {
      Rpc rpc = group.rpc(0);
      for (Throwable failure : List.of(failure(rpc.on("w1").call(Faults::blocking, Kind.SEVERAL)),
          failure(rpc.on("w1").call(Faults::failedFuture, Kind.SEVERAL)), failure(kept.toHere()),
          failure(here.toHere()), failure(object.call(Faults::method, Kind.SEVERAL)))) {
        assertThat(failure).isInstanceOf(RpcException.class)
            .hasCauseInstanceOf(Faults.Several.class).cause().hasMessage("seven! again");
      }
      assertThatThrownBy(here::localValue).hasCauseInstanceOf(Faults.Several.class);
      assertThat(failure(rpc.on("w1").call(Faults::blocking, Kind.PLAIN))).hasNoCause();
    }
  }

  @Test
  void arrivesAsItIsWhenItsFactoryFails() {
    try (TestGroup group = TestGroup.local(2, worker -> worker
            .restore(IllegalStateException.class, error -> {
              throw new IllegalArgumentException("broken factory");
            })
            .restore(Faults.Several.class, error -> null));
         Logged logged = new Logged("dev.vertxrpc.call.ExceptionFactories")) {
      for (Kind kind : List.of(Kind.PLAIN, Kind.SEVERAL)) {
        RpcException failure = (RpcException) failure(group.rpc(0).on("w1").call(Faults::blocking, kind));

        assertThat(failure).hasNoCause().hasMessageContaining(Faults.of(kind).getMessage());
        assertThat(logged.with("event=restore-failed type=" + Faults.of(kind).getClass().getName()))
            .singleElement().extracting(ILoggingEvent::getLevel).isEqualTo(Level.WARN);
      }
      assertThatThrownBy(() -> group.worker(0).restore(Error.class, error -> new Error()))
          .isInstanceOf(IllegalStateException.class).hasMessageContaining("restore() comes before join()");
    }
  }

  @Test
  void isHeardByEveryHandlerAlthoughOneThrows() {
    try (TestGroup group = TestGroup.local(2)) {
      List<Object> heard = new CopyOnWriteArrayList<>();
      group.vertx(0).exceptionHandler(thrown -> heard.add(thrown.getMessage()));
      Future<String> call = group.rpc(0).on("w1").call(Functions::fail, "no");
      call.onComplete(done -> {
        throw new IllegalStateException("a broken handler");
      });
      call.onComplete(done -> heard.add(RpcFailure.of(done.cause())));

      assertThat(RpcFailure.of(failure(call))).isEqualTo(RpcFailure.REMOTE);
      group.eventually("both are heard", () -> heard.size() == 2);
      assertThat(heard).containsExactlyInAnyOrder("a broken handler", RpcFailure.REMOTE);
      assertThat(group.figure(0, "pendingCalls")).isZero();
      assertThat(get(group.rpc(0).on("w1").call(Functions::self))).isEqualTo("w1");
    }
  }

  @Test
  void isTheSameForRemoteWhenTheFunctionCannotBeCalled() {
    try (TestGroup group = TestGroup.local(2)) {
      Fn0<String> lambda = () -> "code does not travel";
      assertThatThrownBy(() -> group.rpc(0).on("w1").remote(lambda)).isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> group.rpc(0).on("w1").call(lambda)).isInstanceOf(IllegalArgumentException.class);

      Throwable called = failure(group.rpc(0).on("w1").call(Hidden::secret));
      try (RRef<String> kept = group.rpc(0).on("w1").remote(Hidden::secret)) {
        Throwable fetched = failure(kept.toHere());
        assertThat(List.of(RpcFailure.of(called), RpcFailure.of(fetched)))
            .containsExactly(RpcFailure.NOT_EXPOSED, RpcFailure.NOT_EXPOSED);
        assertThat(withoutNumber(fetched)).isEqualTo(withoutNumber(called))
            .startsWith("dev.vertxrpc.cluster.Hidden.secret() on w1 (rank 1), call N: ");
      }
    }
  }

  private static String withoutNumber(Throwable failure) {
    return Optional.of(failure.getMessage()).map(text -> text.replaceAll("call [0-9]+", "call N")).get();
  }
}
