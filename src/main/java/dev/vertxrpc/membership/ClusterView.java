package dev.vertxrpc.membership;

import com.hazelcast.cluster.MembershipAdapter;
import com.hazelcast.cluster.MembershipEvent;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.HazelcastInstanceNotActiveException;
import com.hazelcast.core.LifecycleEvent;
import com.hazelcast.core.LifecycleService;
import io.vertx.core.Vertx;
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.spi.cluster.ClusterManager;
import io.vertx.spi.cluster.hazelcast.HazelcastClusterManager;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * The cluster under a Vert.x instance: which nodes are in it, and, where it is Hazelcast's, when one
 * drops out or this one ends. Without a cluster there is one node, this one. Thread-safe.
 */
final class ClusterView {
  private static final String ALONE = "alone";
  /** The member attribute in which Vert.x publishes its node id. */
  private static final String NODE_ID = "__vertx.nodeId";

  private final ClusterManager manager;

  ClusterView(Vertx vertx) {
    manager = ((VertxInternal) vertx).clusterManager();
  }

  String nodeId() {
    return manager == null ? ALONE : manager.getNodeId();
  }

  List<String> nodes() {
    return manager == null ? List.of(ALONE) : manager.getNodes();
  }

  /** Whether {@code node} is in it, as far as this one knows, which knows nothing once it has itself ended. */
  boolean has(String node) {
    try {
      return nodes().contains(node);
    } catch (HazelcastInstanceNotActiveException over) {
      return true;
    }
  }

  /**
   * Tells {@code removed} of every node that drops out, and runs {@code ended} when this one has itself ended, until
   * the answer is run.
   */
  Runnable watch(Consumer<String> removed, Runnable ended) {
    if (!(manager instanceof HazelcastClusterManager hazelcast)) {
      return () -> { };
    }
    HazelcastInstance instance = hazelcast.getHazelcastInstance();
    UUID id = instance.getCluster().addMembershipListener(new MembershipAdapter() {
      @Override
      public void memberRemoved(MembershipEvent event) {
        String node = event.getMember().getAttribute(NODE_ID);
        // A member without a node id holds data only and runs no worker.
        if (node != null) {
          removed.accept(node);
        }
      }
    });
    LifecycleService life = instance.getLifecycleService();
    UUID own = life.addLifecycleListener(event -> {
      if (event.getState() == LifecycleEvent.LifecycleState.SHUTDOWN) {
        ended.run();
      }
    });
    return () -> {
      life.removeLifecycleListener(own);
      try {
        instance.getCluster().removeMembershipListener(id);
      } catch (HazelcastInstanceNotActiveException over) {
        // It tells nobody any more.
      }
    };
  }
}
