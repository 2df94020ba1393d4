package dev.vertxrpc.call;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxrpc.RemoteError;
import dev.vertxrpc.RpcException;
import dev.vertxrpc.RpcFailure;
import dev.vertxrpc.WorkerInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class RemoteErrorsTest {
  private static final WorkerInfo SELF = new WorkerInfo("w1", 1, 1, Set.of());
  /** What the frame of a failure takes. */
  private static final int DEEPEST = 32;

  private final Failures failures = new Failures(SELF, true, new ExceptionFactories());

  @Test
  @Tag("T068")
  void keepsClassMessageCauseAndFirstFrame() {
    Exception thrown = new IllegalStateException("line 1\nline 2", new ArithmeticException("zero"));

    RemoteError error = RemoteErrors.of(thrown, true);

    assertThat(error.type()).isEqualTo("java.lang.IllegalStateException");
    assertThat(error.message()).isEqualTo("line 1\nline 2");
    assertThat(error.cause().orElseThrow()).hasToString("java.lang.ArithmeticException: zero");
    assertThat(error.frames().get(0)).contains("RemoteErrorsTest.keepsClassMessageCauseAndFirstFrame");
  }

  @Test
  void endsACycleOfCauses() {
    Exception first = new Exception("first");
    Exception second = new Exception("second", first);
    first.initCause(second);
    first.addSuppressed(second);

    RemoteError error = RemoteErrors.of(first, true);

    assertThat(chain(error)).containsExactly("first", "second");
  }

  @Test
  void cutsALongChain() {
    Exception thrown = new Exception("0");
    for (int i = 1; i < 1_000; i++) {
      thrown = new Exception("" + i, thrown);
    }

    assertThat(chain(RemoteErrors.of(thrown, true))).hasSizeBetween(5, DEEPEST).startsWith("999", "998");
  }

  @Test
  void cutsTheChainOfACallThatCameThroughManyWorkers() {
    RpcException failure = failures.thrown(new Exception("root"), "f", SELF, 1);
    for (int hop = 0; hop < 100; hop++) {
      failure = failures.thrown(failure, "f", SELF, hop);
    }

    assertThat(chain(failure.remoteError().orElseThrow())).hasSizeBetween(5, DEEPEST);
  }

  @Test
  void keepsWhatTheNextWorkerSaidBehindTheFailureOfTheHop() {
    RpcException next = RpcException.of(RpcFailure.REMOTE, "f failed")
        .withRemoteError(new RemoteError("Far", "away", List.of(), Optional.empty(), List.of()));

    RemoteError error = RemoteErrors.of(new IllegalStateException("here", next), true);

    assertThat(chain(error)).containsExactly("here", "f failed", "away");
  }

  @Test
  void survivesExceptionsWhoseOwnMethodsFail() {
    assertThat(RemoteErrors.of(new Hostile("getMessage"), true).message()).contains("getMessage() threw");
    assertThat(RemoteErrors.of(new Hostile("getCause"), true).cause()).isEmpty();
    assertThat(RemoteErrors.of(new Hostile("getStackTrace"), true).frames()).isEmpty();
    assertThat(RemoteErrors.of(new Exception((String) null), true).message()).isEmpty();
    assertThat(RemoteErrors.of(new Hostile("second message"), true).message()).isIn("", "first");
  }

  private static List<String> chain(RemoteError error) {
    List<String> messages = new ArrayList<>();
    for (Optional<RemoteError> next = Optional.of(error); next.isPresent(); next = next.get().cause()) {
      messages.add(next.get().message());
    }
    return messages;
  }

  /** Breaks the one method that it is told to. */
  private static final class Hostile extends Exception {
    private static final long serialVersionUID = 1L;
    private final String broken;
    private int asked;

    Hostile(String broken) {
      this.broken = broken;
    }

    private void breakIf(String method) {
      if (method.equals(broken)) {
        throw new AssertionError(method);
      }
    }

    @Override
    public String getMessage() {
      breakIf("getMessage");
      return "second message".equals(broken) && asked++ == 0 ? "first" : null;
    }

    @Override
    public synchronized Throwable getCause() {
      breakIf("getCause");
      return null;
    }

    @Override
    public StackTraceElement[] getStackTrace() {
      breakIf("getStackTrace");
      return new StackTraceElement[0];
    }
  }
}
