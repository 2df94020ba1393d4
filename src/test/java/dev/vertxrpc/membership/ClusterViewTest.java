package dev.vertxrpc.membership;

import static org.assertj.core.api.Assertions.assertThatCode;

import dev.vertxrpc.testing.TestGroup;
import io.vertx.core.Vertx;
import io.vertx.core.internal.VertxInternal;
import io.vertx.spi.cluster.hazelcast.HazelcastClusterManager;
import org.junit.jupiter.api.Test;

class ClusterViewTest {
  @Test
  void isWatchedNoMoreAlsoWhereTheClusterHasEndedHere() {
    Vertx vertx = TestGroup.cluster(1).get(0);
    Runnable stop = new ClusterView(vertx).watch(node -> { }, () -> { });
    ((HazelcastClusterManager) ((VertxInternal) vertx).clusterManager()).getHazelcastInstance().getLifecycleService()
        .terminate();

    assertThatCode(stop::run).doesNotThrowAnyException();

    TestGroup.get(vertx.close().otherwiseEmpty());
  }
}
