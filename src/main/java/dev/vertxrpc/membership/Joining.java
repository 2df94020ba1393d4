package dev.vertxrpc.membership;

import dev.vertxrpc.Group;
import dev.vertxrpc.RpcException;
import dev.vertxrpc.RpcFailure;
import dev.vertxrpc.WorkerInfo;
import dev.vertxrpc.wire.Timers;
import io.netty.util.Timeout;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One worker's way into its group: how long it may take, when it is over, and who is missing until then. Confined to
 * the worker's context.
 */
final class Joining {
  private static final Logger LOG = LoggerFactory.getLogger(Joining.class);
  /** How often the entry is read although nobody told it to. */
  private static final Duration READ_EVERY = Duration.ofMillis(500);
  private static final Duration REPORT_EVERY = Duration.ofMillis(5_000);

  private final Timers timers;
  private final String groupName;
  private final Promise<Void> joined;

  Joining(Timers timers, String groupName) {
    this.timers = timers;
    this.groupName = groupName;
    this.joined = timers.context().promise();
  }

  /**
   * Has the group's entry read by {@code read}, again and again, for the time that is {@code left} of the {@code
   * limit}, and tells of those {@code missing}. Completes when the worker has joined, fails with NOT_JOINED.
   */
  Future<Void> begin(String worker, Duration limit, Duration left, Runnable read, Supplier<String> missing) {
    Timeout deadline = timers.after(left, () -> fail(worker + " could not join group " + groupName + " within "
        + limit.toMillis() + " ms: " + missing.get()));
    Runnable stopReading = timers.every(READ_EVERY, read);
    Runnable stopReporting = timers.every(REPORT_EVERY, () ->
        LOG.info("event=joining worker={} group={} {}", worker, groupName, missing.get()));
    read.run();
    return joined.future().onComplete(done -> {
      deadline.cancel();
      stopReading.run();
      stopReporting.run();
    });
  }

  /**
   * Looks whether it is over, by the {@code entry}, whether it {@code isComplete} without those who are gone, the
   * {@code group}, and who of that has answered.
   */
  void check(WorkerInfo self, GroupEntry entry, boolean isComplete, Group group, Meetings meetings) {
    // Whoever shuts down a static group has met all of it: there some may not have met yet, and are waited for.
    boolean isWhole = entry.worldSize().isPresent() && isComplete;
    if (entry.isClosing() && !isWhole) {
      // Those who shut it down do not wait for whoever has not joined by now.
      fail(self.name() + " cannot join group " + groupName + ": " + entry.whyClosed());
    } else if (isComplete && group.workers().stream().allMatch(meetings::hasAnswered)) {
      joined.tryComplete();
    }
  }

  /** Who has no record, or has not answered. */
  static String missing(GroupEntry entry, Group group, Meetings meetings) {
    List<Integer> ranks = entry.missingRanks();
    List<WorkerInfo> silent = group.workers().stream().filter(worker -> !meetings.hasAnswered(worker)).toList();
    return (ranks.isEmpty() ? "" : "missing ranks " + ranks + "; ")
        + (silent.isEmpty() ? "" : "no answer from " + silent + "; ")
        + "there are " + group.workers();
  }

  boolean isDone() {
    return joined.future().succeeded();
  }

  /** It is over, unless it was before: with NOT_JOINED. */
  void fail(String why) {
    joined.tryFail(RpcException.of(RpcFailure.NOT_JOINED, why));
  }
}
