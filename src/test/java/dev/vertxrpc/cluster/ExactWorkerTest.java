package dev.vertxrpc.cluster;

import static dev.vertxrpc.testing.TestGroup.failure;
import static dev.vertxrpc.testing.TestGroup.get;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxrpc.RRef;
import dev.vertxrpc.RpcException;
import dev.vertxrpc.RpcFailure;
import dev.vertxrpc.WorkerInfo;
import dev.vertxrpc.testing.TestGroup;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A WorkerInfo is one run of one worker, and is not trusted to be of this group. */
class ExactWorkerTest {
  private final TestGroup group = TestGroup.local(2);
  private final WorkerInfo w1 = group.rpc(1).self();

  @AfterEach
  void close() {
    group.close();
  }

  @Test
  void refusesAnotherIncarnationOfAName() {
    WorkerInfo other = new WorkerInfo("w1", 1, w1.incarnation() + 1, w1.roles());

    RpcException refused = (RpcException) failure(group.rpc(0).on(other).call(Functions::self));

    assertThat(refused.failure()).isEqualTo(RpcFailure.WORKER_LEFT);
    assertThat(refused.mayHaveRun()).isFalse();
    assertThat(refused).hasMessage("w1 (rank 1) is not in group " + group.name() + " any more, or never was; w1 (rank"
        + " 1) is another incarnation of that name");
    try (RRef<String> left = group.rpc(0).on(other).remote(Functions::self)) {
      assertThat(RpcFailure.of(failure(left.toHere()))).isEqualTo(RpcFailure.WORKER_LEFT);
    }
  }

  @Test
  void refusesTheIncarnationOfAnother() {
    WorkerInfo mixed = new WorkerInfo("w0", 0, w1.incarnation(), w1.roles());

    RpcException refused = (RpcException) failure(group.rpc(0).on(mixed).call(Functions::self));

    assertThat(refused.failure()).isEqualTo(RpcFailure.WORKER_LEFT);
    assertThat(get(group.rpc(0).on(w1).call(Functions::self))).isEqualTo("w1");
  }

  @Test
  void refusesAStranger() {
    WorkerInfo stranger = new WorkerInfo("w9", 9, 99, w1.roles());

    assertThat(failure(group.rpc(0).on(stranger).call(Functions::self)))
        .hasMessage("w9 (rank 9) is not in group " + group.name() + " any more, or never was");
  }
}
