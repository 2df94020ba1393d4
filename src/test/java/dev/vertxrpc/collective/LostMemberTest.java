package dev.vertxrpc.collective;

import static dev.vertxrpc.testing.TestGroup.failure;
import static dev.vertxrpc.testing.TestGroup.get;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxrpc.RpcListener;
import dev.vertxrpc.WorkerInfo;
import dev.vertxrpc.runtime.Losses;
import dev.vertxrpc.testing.TestGroup;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A static group that has lost a member has no rounds of all, from the first moment on. */
class LostMemberTest {
  private final List<Promise<Future<Void>>> barriers = List.of(Promise.promise(), Promise.promise());
  private final TestGroup group = TestGroup.local(3, new JsonObject(), (worker, rank) -> {
    if (rank < barriers.size()) {
      worker.listener(new RpcListener() {
        @Override
        public void workerLost(WorkerInfo lost) {
          barriers.get(rank).complete(group().rpc(rank).collectives().barrier());
        }
      });
    }
  });

  private TestGroup group() {
    return group;
  }

  @AfterEach
  void close() {
    group.lose(2);
    group.close();
  }

  @Test
  void isNotPassedOverByThoseWhoAreJustToldOfIt() {
    WorkerInfo lost = group.rpc(2).self();

    // The first is told so, the other reads that its record is gone.
    Losses.tell(group.worker(0), lost);

    for (Promise<Future<Void>> barrier : barriers) {
      assertThat(failure(get(barrier.future()))).hasMessageContaining("the group has lost [w2 (rank 2)]");
    }
  }
}
