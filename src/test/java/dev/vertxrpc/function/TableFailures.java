package dev.vertxrpc.function;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vertxrpc.RpcException;
import dev.vertxrpc.RpcFailure;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** Assertions on what a look-up in a FunctionTable fails with. Immutable. */
final class TableFailures {
  private TableFailures() {}

  static void assertNoSuchFunction(ThrowingCallable lookUp, String message) {
    assertFailure(lookUp, RpcFailure.NO_SUCH_FUNCTION, message);
  }

  static void assertNotExposed(ThrowingCallable lookUp, String message) {
    assertFailure(lookUp, RpcFailure.NOT_EXPOSED, message);
  }

  static void assertCodec(ThrowingCallable lookUp, String message) {
    assertFailure(lookUp, RpcFailure.CODEC, message);
  }

  private static void assertFailure(ThrowingCallable lookUp, RpcFailure failure, String message) {
    assertThatThrownBy(lookUp)
        .isInstanceOfSatisfying(RpcException.class, e -> {
          assertThat(e.failure()).isEqualTo(failure);
          assertThat(e.mayHaveRun()).isFalse();
        })
        .hasMessage(message);
  }
}
