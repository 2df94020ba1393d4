package dev.vertxrpc.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vertxrpc.RemoteError;
import dev.vertxrpc.RpcException;
import dev.vertxrpc.RpcFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ExceptionFactoriesTest {
  private final ExceptionFactories factories = new ExceptionFactories();

  private static RpcException failure(String type, RemoteError cause) {
    return RpcException.of(RpcFailure.REMOTE, "f failed").withRemoteCode(5)
        .withRemoteError(new RemoteError(type, "text", List.of(), Optional.ofNullable(cause), List.of()));
  }

  @Test
  void makesACauseAndKeepsTheRest() {
    factories.add(IOException.class, error -> new IOException(error.message()));
    RpcException failure = failure("java.io.IOException", null);

    RpcException restored = factories.restore(failure);

    assertThat(restored).hasMessage("f failed").cause().isInstanceOf(IOException.class).hasMessage("text");
    assertThat(restored.remoteError()).isEqualTo(failure.remoteError());
    assertThat(restored.remoteCode()).isEqualTo(5);
  }

  @Test
  void looksAtTheClassOfTheFailureItselfOnly() {
    factories.add(IOException.class, error -> new IOException(error.message()));
    RemoteError cause = new RemoteError("java.io.IOException", "", List.of(), Optional.empty(), List.of());

    assertThat(factories.restore(failure("java.io.UncheckedIOException", cause))).hasNoCause();
    assertThat(factories.restore(failure("java.io.FileNotFoundException", null))).hasNoCause();
    assertThat(factories.restore(RpcException.of(RpcFailure.TIMEOUT, "late"))).hasNoCause();
  }

  @Test
  void takesOneFactoryForAClass() {
    factories.add(IOException.class, error -> new IOException());

    assertThatThrownBy(() -> factories.add(IOException.class, error -> new IOException()))
        .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("java.io.IOException is registered already");
    assertThatThrownBy(() -> factories.add(UncheckedIOException.class, null))
        .isInstanceOf(NullPointerException.class).hasMessage("factory");
  }
}
