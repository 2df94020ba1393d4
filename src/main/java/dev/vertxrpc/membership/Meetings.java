package dev.vertxrpc.membership;

import dev.vertxrpc.RpcFailure;
import dev.vertxrpc.WorkerInfo;
import dev.vertxrpc.wire.Endpoint;
import dev.vertxrpc.wire.Timers;
import io.netty.util.Timeout;
import java.time.Duration;
import java.util.HashSet;
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

  /** Opens the link to {@code worker}. */
  void meet(WorkerInfo worker) {
    Timeout first = timers.after(PATIENCE, () -> {
      if (isMember.getAsBoolean()) {
        lose(worker, PATIENCE);
      }
    });
    Timeout last = timers.after(NEWCOMERS_PATIENCE, () -> lose(worker, NEWCOMERS_PATIENCE));
    endpoint.connect(worker).onComplete(answer -> {
      first.cancel();
      last.cancel();
      timers.context().runOnContext(now -> {
        if (answer.succeeded()) {
          answered.add(worker.incarnation());
          onAnswer.run();
        }
      });
    });
  }

  private void lose(WorkerInfo worker, Duration patience) {
    if (!hasAnswered(worker)) {
      endpoint.gone(worker, RpcFailure.WORKER_LOST, "it has not answered within " + patience.toMillis() + " ms");
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
