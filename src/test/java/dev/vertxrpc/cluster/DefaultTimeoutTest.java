package dev.vertxrpc.cluster;

import static dev.vertxrpc.testing.TestGroup.failure;
import static dev.vertxrpc.testing.TestGroup.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vertxrpc.Rpc;
import dev.vertxrpc.RpcFailure;
import dev.vertxrpc.testing.Gates;
import dev.vertxrpc.testing.TestGroup;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class DefaultTimeoutTest {
  private final TestGroup group =
      TestGroup.local(1, new JsonObject().put("callTimeoutMs", 500), (worker, rank) ->
          worker.serve(Desk.class, new LocalDesk("mine")));
  private final Rpc rpc = group.rpc(0);

  @AfterEach
  void close() {
    group.close();
  }

  private Future<String> call(String gate) {
    return rpc.service(Desk.class).call(Desk::whereOnceOpen, gate);
  }

  @Test
  @Tag("T105")
  void isThatOfTheConfig() {
    assertThat(rpc.callTimeout()).isEqualTo(Duration.ofMillis(500));
  }

  @Test
  @Tag("T106")
  void changesForLaterCallsOnly() {
    String gate = Gates.name();

    Throwable ofTheConfig = failure(call(gate));
    rpc.callTimeout(Duration.ZERO);
    Future<String> endless = call(gate);
    rpc.callTimeout(Duration.ofMillis(20));
    Throwable shortOne = failure(call(gate));

    assertThat(ofTheConfig).hasMessageMatching("no reply from w0 \\(rank 0\\) within (499|500) ms to .*");
    assertThat(shortOne).hasMessageMatching("no reply from w0 \\(rank 0\\) within (19|20) ms to .*");
    assertThat(RpcFailure.of(shortOne)).isEqualTo(RpcFailure.TIMEOUT);
    assertThat(endless.isComplete()).isFalse();
    Gates.open(gate);
    assertThat(get(endless)).isEqualTo("w0");
  }

  @Test
  void refusesANegativeOne() {
    assertThatThrownBy(() -> rpc.callTimeout(Duration.ofMillis(-1))).isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the call timeout PT-0.001S is negative; Duration.ZERO means none");
    assertThat(rpc.callTimeout()).isEqualTo(Duration.ofMillis(500));
  }
}
