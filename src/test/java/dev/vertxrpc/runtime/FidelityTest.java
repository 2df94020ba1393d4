package dev.vertxrpc.runtime;

import static dev.vertxrpc.testing.TestGroup.failure;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxrpc.CallContext;
import dev.vertxrpc.CallOptions;
import dev.vertxrpc.Fn1;
import dev.vertxrpc.RRef;
import dev.vertxrpc.Remote;
import dev.vertxrpc.RemoteError;
import dev.vertxrpc.RemoteWorker;
import dev.vertxrpc.Rpc;
import dev.vertxrpc.RpcException;
import dev.vertxrpc.RpcFailure;
import dev.vertxrpc.function.MethodReference;
import dev.vertxrpc.testing.Faults;
import dev.vertxrpc.testing.Faults.Kind;
import dev.vertxrpc.testing.FaultyService;
import dev.vertxrpc.testing.TestGroup;
import dev.vertxrpc.wire.ServiceId;
import io.vertx.core.Future;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is thrown on w1 arrives as the same thing, whichever way it takes to w0. */
class FidelityTest {
  private final TestGroup group = TestGroup.local(3, worker -> worker.serve(FaultyService.class, new Faults()));
  private final Rpc rpc = group.rpc(0);

  /** How a failure gets to the caller. */
  enum Path {
    CALL("blocking"), NON_BLOCKING("onTheLoop"), THROWING_ASYNC("atOnce"), FAILED_FUTURE("failedFuture"),
    AWAIT("blocking"), CONSTRUCTOR("<init>"), FETCH("blocking"), FETCH_OF_ASYNC("failedFuture"),
    FETCH_OF_CONSTRUCTOR("<init>"), FETCH_AT_OWNER("blocking"), LOCAL_VALUE("blocking"),
    CALL_ON_FAILED_VALUE("<init>"), REF_METHOD("method"),
    REF_ASYNC_METHOD("asyncMethod"), REF_REMOTE_METHOD("method"), SERVICE("method"), ASYNC_SERVICE("asyncMethod"),
    SELF_CALL("blocking"), NESTED("blocking"), NESTED_ASYNC("failedFuture");

    private final String function;

    Path(String function) {
      this.function = function;
    }

    boolean isLocal() {
      return this == FETCH_AT_OWNER || this == LOCAL_VALUE || this == SELF_CALL;
    }

    boolean isNested() {
      return this == NESTED || this == NESTED_ASYNC;
    }
  }

  /** Functions that call on. */
  @Remote
  public static final class Hop {
    private Hop() {}

    public static String on(Kind kind) {
      return Rpc.await(CallContext.current().rpc().on("w1").call(Faults::blocking, kind));
    }

    public static Future<String> asyncOn(Kind kind) {
      return CallContext.current().rpc().on("w1").call(Faults::failedFuture, kind);
    }
  }

  @AfterEach
  void close() {
    group.close();
  }

  @ParameterizedTest
  @EnumSource(Path.class)
  void keepsClassMessageCausesStackWorkerAndCode(Path path) throws Exception {
    for (Kind kind : Kind.values()) {
      RpcException failure = (RpcException) fail(path, kind);
      RemoteError error = failure.remoteError().orElseThrow();
      int worker = path.isLocal() ? 0 : path.isNested() ? 2 : 1;

      assertThat(failure.failure()).as("%s", kind).isEqualTo(RpcFailure.REMOTE);
      assertThat(failure.worker()).as("%s", kind).contains(group.rpc(worker).self());
      assertThat(failure.mayHaveRun()).as("%s", kind).isTrue();
      assertThat(failure.getCause()).as("%s: no class is made by name", kind).isNull();
      assertThat(failure.getMessage()).as("%s", kind).containsPattern(" failed on w" + worker
          + " \\(rank " + worker + "\\), call [0-9]+: ").endsWith(error.toString());
      if (path.isNested()) {
        assertThat(error.type()).isEqualTo(RpcException.class.getName());
        assertThat(error.message()).containsPattern("failed on w1 \\(rank 1\\), call [0-9]+: ");
        error = error.cause().orElseThrow();
      } else {
        assertThat(failure.remoteCode()).as("%s", kind).isEqualTo(code(kind));
      }
      assertThat(told(error)).as("%s", kind).isEqualTo(told(Faults.of(kind)));
      assertFrames(error, kind, path.function);
    }
  }

  private static void assertFrames(RemoteError error, Kind kind, String function) {
    if (Faults.of(kind).getStackTrace().length == 0) {
      assertThat(error.frames()).as("%s has no stack trace", kind).isEmpty();
    } else {
      // Of an overflow only the innermost frames are sent.
      String own = Faults.class.getName() + "." + (kind == Kind.OVERFLOW ? "recurse" : function);
      assertThat(error.frames()).as("%s", kind).anyMatch(frame -> frame.contains(own));
    }
  }

  private static int code(Kind kind) {
    return kind == Kind.REPLY ? 404 : kind == Kind.REFUSAL ? 409 : -1;
  }

  private Throwable fail(Path path, Kind kind) throws Exception {
    RemoteWorker w1 = rpc.on("w1");
    return switch (path) {
      case CALL -> failure(w1.call(Faults::blocking, kind));
      case NON_BLOCKING -> failure(w1.call(Faults::onTheLoop, kind));
      case THROWING_ASYNC -> failure(w1.call(Faults::atOnce, kind));
      case FAILED_FUTURE -> failure(w1.call(Faults::failedFuture, kind));
      case AWAIT -> thrown(() -> Rpc.await(w1.call(Faults::blocking, kind)));
      case CONSTRUCTOR -> failure(w1.call((Fn1<Kind, Faults>) Faults::new, kind));
      case FETCH -> ofValue(w1.remote(Faults::blocking, kind));
      case FETCH_OF_ASYNC -> ofValue(w1.remote(Faults::failedFuture, kind));
      case FETCH_OF_CONSTRUCTOR -> ofValue(w1.create(Faults::new, kind));
      case FETCH_AT_OWNER -> ofValue(rpc.on("w0").remote(Faults::blocking, kind));
      case LOCAL_VALUE -> ofLocalValue(rpc.on("w0").remote(Faults::blocking, kind));
      case SELF_CALL -> failure(rpc.on("w0").call(Faults::blocking, kind));
      case SERVICE -> failure(ofService("method", kind));
      case ASYNC_SERVICE -> failure(ofService("asyncMethod", kind));
      case NESTED -> failure(rpc.on("w2").call(Hop::on, kind));
      case NESTED_ASYNC -> failure(rpc.on("w2").call(Hop::asyncOn, kind));
      default -> ofMethod(path, kind);
    };
  }

  private Throwable ofMethod(Path path, Kind kind) {
    try (RRef<Faults> faults = path == Path.CALL_ON_FAILED_VALUE ? rpc.on("w1").create(Faults::new, kind)
        : rpc.on("w1").create(Faults::new)) {
      return switch (path) {
        case REF_ASYNC_METHOD -> failure(faults.call(Faults::asyncMethod, kind));
        case REF_REMOTE_METHOD -> ofValue(faults.remote(Faults::method, kind));
        default -> failure(faults.call(Faults::method, kind));
      };
    }
  }

  private static Throwable ofValue(RRef<?> value) {
    try (value) {
      return failure(value.toHere());
    }
  }

  private static Throwable ofLocalValue(RRef<?> value) throws Exception {
    try (value) {
      failure(value.toHere());
      return thrown(value::localValue);
    }
  }

  // What a proxy does.
  private Future<String> ofService(String name, Kind kind) throws NoSuchMethodException {
    Method method = FaultyService.class.getMethod(name, Kind.class);
    return group.worker(0).placed().calls().call(group.rpc(1).self(), MethodReference.of(FaultyService.class, method),
        Optional.of(new ServiceId(FaultyService.class.getName(), "")), new Object[] {kind}, CallOptions.create());
  }

  private static Throwable thrown(Callable<?> call) throws Exception {
    AtomicReference<Throwable> thrown = new AtomicReference<>();
    try {
      call.call();
    } catch (RpcException failure) {
      thrown.set(failure);
    }
    return thrown.get();
  }

  /** All that can be compared, as text: class, message, causes, suppressed. */
  private static String told(RemoteError error) {
    return error.type() + " [" + error.message() + "] " + error.cause().map(FidelityTest::told).orElse("-") + " "
        + error.suppressed().stream().map(FidelityTest::told).toList();
  }

  private static String told(Throwable thrown) {
    return told(thrown, new ArrayList<>());
  }

  private static String told(Throwable thrown, List<Throwable> seen) {
    seen.add(thrown);
    Throwable cause = thrown.getCause();
    String message = thrown instanceof Faults.Hostile ? "(its getMessage() threw java.lang.IllegalStateException)"
        : Optional.ofNullable(thrown.getMessage()).orElse("");
    return thrown.getClass().getName() + " [" + message + "] "
        + (cause == null || seen.contains(cause) ? "-" : told(cause, seen)) + " "
        + Arrays.stream(thrown.getSuppressed()).map(each -> told(each, seen)).toList();
  }
}
