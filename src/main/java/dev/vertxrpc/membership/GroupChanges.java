package dev.vertxrpc.membership;

import dev.vertxrpc.Group;
import dev.vertxrpc.GroupChange;
import dev.vertxrpc.GroupChange.Kind;
import dev.vertxrpc.RpcFailure;
import dev.vertxrpc.RpcListener;
import dev.vertxrpc.WorkerInfo;
import io.vertx.core.Handler;
import io.vertx.core.internal.ContextInternal;
import java.util.HashSet;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells one worker's listener and its handler who comes and goes: each change once, whichever news of it is first,
 * and in order. Confined to the worker's context; the handler may be set on any thread.
 */
final class GroupChanges {
  private static final Logger LOG = LoggerFactory.getLogger(GroupChanges.class);

  private final ContextInternal context;
  private final String groupName;
  private final RpcListener listener;
  /** Who is there, as far as has been told. */
  private final Set<WorkerInfo> there = new HashSet<>();
  private WorkerInfo self;
  private boolean over;
  private volatile Handler<GroupChange> handler;

  GroupChanges(ContextInternal context, String groupName, RpcListener listener) {
    this.context = context;
    this.groupName = groupName;
    this.listener = listener;
  }

  /** Tells {@code handler} of changes from now on, and nobody else; null: nobody. */
  void handler(Handler<GroupChange> next) {
    handler = next;
  }

  /** These were there before {@code worker}, which is no change. */
  void begin(WorkerInfo worker, Group group) {
    self = worker;
    there.addAll(group.workers());
  }

  /** Tells of those of {@code group} that are new. */
  void joined(Group group) {
    for (WorkerInfo worker : group.workers()) {
      if (there.add(worker)) {
        listener.workerJoined(worker);
        tell(new GroupChange(Kind.JOINED, worker, group));
      }
    }
  }

  /** Tells that {@code worker} is gone, and that {@code group} is left, if that is news. */
  void gone(WorkerInfo worker, RpcFailure reason, String why, Group group) {
    if (!there.remove(worker)) {
      return;
    }
    if (reason == RpcFailure.WORKER_LEFT) {
      LOG.info("event=worker-left worker={} group={} left={}", self.name(), groupName, worker.name());
      listener.workerLeft(worker);
      tell(new GroupChange(Kind.LEFT, worker, group));
    } else {
      LOG.warn("event=worker-lost worker={} group={} lost={} cause={}", self.name(), groupName, worker.name(), why);
      listener.workerLost(worker);
      tell(new GroupChange(Kind.LOST, worker, group));
    }
  }

  // In a turn of its own: whatever the handler does, the membership is not in the middle of anything.
  private void tell(GroupChange change) {
    Handler<GroupChange> told = handler;
    if (told != null) {
      context.runOnContext(now -> {
        if (!over && told == handler) {
          tell(told, change);
        }
      });
    }
  }

  private void tell(Handler<GroupChange> told, GroupChange change) {
    try {
      told.handle(change);
    } catch (Throwable defect) {
      LOG.error("event=group-handler-failed worker={} group={} change={} of={}", self.name(), groupName, change.kind(),
          change.worker(), defect);
    }
  }

  /** Tells nobody any more: the worker has left. */
  void end() {
    over = true;
  }
}
