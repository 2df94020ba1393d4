package dev.vertxrpc.membership;

import dev.vertxrpc.RpcFailure;
import dev.vertxrpc.WorkerInfo;
import dev.vertxrpc.wire.Endpoint;
import dev.vertxrpc.wire.Timers;
import io.netty.util.Timeout;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;

/**
 * One worker's first meetings with the other members: who has answered, and who says nothing at all, which a member
 * that died while it joined does. A member declares those lost sooner than a newcomer does: where just the newcomer
 * hears nobody, the others have to come first. Confined to the worker's context.
 */
final class Meetings {
  private static final Duration PATIENCE = Duration.ofSeconds(15);
  private static final Duration NEWCOMERS_PATIENCE = Duration.ofSeconds(30);
  /** This node may hear a little later of a new one than of the record of somebody who lives there. */
  private static final Duration NODES_PATIENCE = Duration.ofSeconds(2);

  private final Timers timers;
  private final Endpoint endpoint;
  private final BooleanSupplier isMember;
  private final Runnable onAnswer;
  private final Set<Long> answered = new HashSet<>();

  /** {@code isMember}: whether this worker has joined; {@code onAnswer} is run after each answer. */
  Meetings(Timers timers, Endpoint endpoint, BooleanSupplier isMember, Runnable onAnswer) {
    this.timers = timers;
    this.endpoint = endpoint;
    this.isMember = isMember;
    this.onAnswer = onAnswer;
  }

  /**
   * Opens the link to {@code worker}. {@code isNodeThere}: whether the cluster has the node that it lives in, which may
   * have dropped out before its record was read, and so nobody be told.
   */
  void meet(WorkerInfo worker, BooleanSupplier isNodeThere) {
    List<Timeout> patience = List.of(
        timers.after(NODES_PATIENCE, () -> {
          if (!isNodeThere.getAsBoolean()) {
            lose(worker, "its process is not in the cluster");
          }
        }),
        timers.after(PATIENCE, () -> {
          if (isMember.getAsBoolean()) {
            lose(worker, PATIENCE);
          }
        }),
        timers.after(NEWCOMERS_PATIENCE, () -> lose(worker, NEWCOMERS_PATIENCE)));
    endpoint.connect(worker).onComplete(answer -> {
      patience.forEach(Timeout::cancel);
      timers.context().runOnContext(now -> {
        if (answer.succeeded()) {
          answered.add(worker.incarnation());
          onAnswer.run();
        }
      });
    });
  }

  private void lose(WorkerInfo worker, Duration patience) {
    lose(worker, "it has not answered within " + patience.toMillis() + " ms");
  }

  private void lose(WorkerInfo worker, String why) {
    if (!hasAnswered(worker)) {
      endpoint.gone(worker, RpcFailure.WORKER_LOST, why);
    }
  }

  /** Forgets who else has answered. */
  void keepOnly(Set<Long> incarnations) {
    answered.retainAll(incarnations);
  }

  boolean hasAnswered(WorkerInfo worker) {
    return answered.contains(worker.incarnation());
  }
}
