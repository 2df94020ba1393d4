package dev.vertxrpc.runtime;

import static dev.vertxrpc.testing.TestGroup.failure;
import static dev.vertxrpc.testing.TestGroup.get;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxrpc.CallOptions;
import dev.vertxrpc.RpcException;
import dev.vertxrpc.RpcFailure;
import dev.vertxrpc.cluster.AsyncOps;
import dev.vertxrpc.function.MethodReference;
import dev.vertxrpc.testing.TestGroup;
import dev.vertxrpc.wire.FunctionName;
import io.vertx.core.Future;
import java.lang.reflect.Type;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A caller whose build has another signature of a function than the callee's. */
class DifferingBuildsTest {
  private final TestGroup group = TestGroup.local(2);

  @AfterEach
  void close() {
    assertThat(get(group.rpc(0).on("w1").call(AsyncOps::add, 1, 2))).as("the worker lives on").isEqualTo(3);
    group.close();
  }

  @Test
  @Tag("T066")
  void learnsThatTheNumberOfArgumentsDiffers() {
    for (int arguments : List.of(0, 1, 3)) {
      RpcException older = call("(" + "I".repeat(arguments) + ")I", arguments);

      assertThat(older.failure()).isEqualTo(RpcFailure.NO_SUCH_FUNCTION);
      assertThat(older.mayHaveRun()).isFalse();
      assertThat(older).hasMessageEndingWith("the two builds differ: the caller has static int add("
          + String.join(", ", Collections.nCopies(arguments, "int")) + "), here is static int add(int, int)");
    }
  }

  @Test
  void learnsThatItSentMoreOrFewerArgumentsThanItsSignatureSays() {
    for (int arguments : List.of(0, 1, 3)) {
      RpcException garbled = call("(II)I", arguments);

      assertThat(garbled.failure()).isEqualTo(RpcFailure.CODEC);
      assertThat(garbled.mayHaveRun()).isFalse();
      assertThat(garbled).hasMessageMatching(AsyncOps.class.getName()
          + "\\.add\\(int, int\\) on w1 \\(rank 1\\), call [0-9]+: arguments: found " + arguments
          + " values, expected 2; run the same build on both sides");
    }
  }

  private RpcException call(String descriptor, int arguments) {
    FunctionName name = new FunctionName(FunctionName.Kind.STATIC, AsyncOps.class.getName(), "add", descriptor);
    List<Type> types = Collections.nCopies(arguments, int.class);
    MethodReference reference = new MethodReference(name, name.toString(), types, int.class, null);
    Future<Integer> call = group.worker(0).placed().calls().call(group.rpc(1).self(), reference,
        Optional.empty(), Collections.nCopies(arguments, 1).toArray(), CallOptions.create());
    return (RpcException) failure(call);
  }
}
