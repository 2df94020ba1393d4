package dev.vertxrpc.runtime;

import dev.vertxrpc.Collectives;
import dev.vertxrpc.RpcException;
import dev.vertxrpc.RpcFailure;
import dev.vertxrpc.WorkerInfo;
import dev.vertxrpc.call.Deadline;
import dev.vertxrpc.membership.Membership;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * How a worker goes in good order, phase by phase under one deadline. With its group: meet, drain until
 * nobody has a call under way, release, meet again, so that every owner has heard of every release. Alone:
 * drain, release. Either way results of rounds are passed on then, and GOODBYE comes last. A phase that fails says
 * which it was. Confined to the worker's context.
 */
final class Departure {
  private static final String TAG = "vertx-rpc:shutdown";
  private static final Long BUSY = -1L;
  private static final Duration LOOK_AGAIN = Duration.ofMillis(5);
  /** How long an owner waits for releases that are on their way when everybody has sent theirs. */
  private static final Duration LAST_RELEASES = Duration.ofSeconds(1);
  /** How long a worker that goes with its group waits to hear the others go. */
  private static final Duration LAST_WORDS = Duration.ofSeconds(1);
  /** How long a worker may not know why a round has failed of which another has left. */
  private static final Duration NEWS = Membership.HEAL_EVERY.plus(LAST_WORDS);

  private final Parts parts;
  private final Deadline deadline;
  /** Fails when the worker ends meanwhile, and nothing is waited for any more. */
  private final Future<?> over;
  /** Fails where a value that was left to others is a failure of the shutdown. */
  private Future<Void> leaks;

  Departure(Parts parts, Duration limit, Future<?> over) {
    this.parts = parts;
    this.over = over;
    this.deadline = Deadline.after(parts.timers().clock(), limit);
  }

  /** The graceful shutdown of the whole group. */
  Future<Void> withGroup() {
    return phase("meet", () -> shut().compose(shut -> meet()))
        .compose(met -> phase("drain", () -> drainGroup(Map.of())))
        .compose(quiet -> phase("release", this::releaseGroup))
        .compose(released -> phase("pass on", this::passOn))
        .compose(passedOn -> phase("goodbye", this::goodbyeGroup))
        .compose(gone -> phase("release", () -> leaks));
  }

  /** Who is gone before it has heard the others leaves them writing to somebody who is not there. */
  private Future<Void> goodbyeGroup() {
    return goodbye(null)
        .compose(said -> until(() -> parts.membership().isAlone(), shorter(left(), LAST_WORDS)).otherwiseEmpty());
  }

  /** A leave, which waits for nobody but its own calls; the others are told the {@code cause}, if there is one. */
  Future<Void> alone(Throwable cause) {
    parts.calls().stopServing();
    return phase("drain", () -> within(parts.calls().idle()))
        .otherwiseEmpty()
        .compose(drained -> phase("release", this::release).otherwiseEmpty())
        .onSuccess(released -> parts.refs().dropGone())
        .compose(released -> phase("pass on", this::passOn).otherwiseEmpty())
        .compose(passedOn -> goodbye(cause));
  }

  /** Who waits for a result of a round that this worker led gets it no more once it is gone. */
  private Future<Void> passOn() {
    return parts.timers().until(() -> parts.rounds().isSettled(), LOOK_AGAIN, left(),
        () -> late("results of rounds that have not come to all" + waitingFor(parts.rounds()::awaits)), over);
  }

  /** Not longer than a moment: a peer that cannot be reached would take as long as a connect may. */
  private Future<Void> goodbye(Throwable cause) {
    return parts.timers().within(shorter(left(), LAST_WORDS), parts.goodbye(cause),
        () -> late("a GOODBYE that is not written")).otherwiseEmpty();
  }

  // Else one would wait for somebody who has only now joined, and others would not.
  private Future<Void> shut() {
    return parts.timers().within(left(), orOver(parts.membership().shut()),
        () -> late("a cluster that does not answer"));
  }

  private Future<Void> meet() {
    return round(Collectives::barrier);
  }

  /**
   * Whoever leaves a dynamic group meanwhile is not waited for: the others go on without it. They may hear that the
   * round has failed before they hear why. When the time is over no round is begun again: each may take a while longer,
   * until its leader has said what it came to.
   */
  private <T> Future<T> round(Function<Collectives, Future<T>> kind) {
    List<WorkerInfo> met = parts.membership().group().workers();
    Future<T> round = kind.apply(parts.collectives().withTag(TAG).withTimeout(left()));
    return parts.membership().isStatic() ? round : round.recover(cause ->
        RpcFailure.of(cause) == RpcFailure.NOT_JOINED ? Future.failedFuture(cause) // It is this worker that has left.
            : until(() -> !parts.membership().group().workers().equals(met), shorter(left(), NEWS))
                .transform(changed -> changed.succeeded() && !isOver() ? round(kind) : Future.failedFuture(cause)));
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  /**
   * Calls may make calls: nobody is done until all are at the same time. Who was idle when it was asked may have been
   * called by one that was asked later. So all are asked twice: where nobody has begun anything between its two
   * answers, all were idle when the first round had ended.
   */
  private Future<Void> drainGroup(Map<String, Long> before) {
    return within(parts.calls().idle())
        .compose(idle -> round(all -> all.of(Long.class).allGather(parts.calls().begunWhenIdle())))
        .compose(begun -> begun.equals(before) && !begun.containsValue(BUSY)
            ? Future.succeededFuture() : drainGroup(begun));
  }

  private Future<Void> releaseGroup() {
    return release().compose(mine -> meet())
        .onSuccess(all -> parts.refs().dropGone())
        .compose(all -> until(() -> parts.refs().isSettled(), shorter(left(), LAST_RELEASES)).otherwiseEmpty())
        .onSuccess(done -> leaks = parts.refs().reportLeaks());
  }

  private Future<Void> release() {
    parts.refs().releaseAll();
    return until(() -> parts.refs().holdsNothing(), left());
  }

  private Future<Void> phase(String name, Supplier<Future<Void>> work) {
    return work.get().recover(cause -> Future.failedFuture(RpcException.of(RpcFailure.of(cause),
        "shutdown of " + parts.rpc().self() + " failed in phase " + name + ": " + cause.getMessage())
        .withCause(cause)));
  }

  private boolean isOver() {
    return deadline.remaining().filter(Duration::isZero).isPresent();
  }

  private Duration left() {
    // A deadline that is over still has to be told as one, not as a limit of nothing.
    return deadline.remaining().map(left -> left.isZero() ? Duration.ofMillis(1) : left)
        .orElse(Duration.ofDays(1));
  }

  private Future<Void> within(Future<Void> future) {
    return parts.timers().within(left(), orOver(future), () -> late(parts.calls().running() + " calls under way"
        + waitingFor(worker -> parts.calls().pending(worker) > 0)));
  }

  private Future<Void> orOver(Future<Void> future) {
    Promise<Void> first = Promise.promise();
    future.onSuccess(first::tryComplete).onFailure(first::tryFail);
    over.onFailure(first::tryFail);
    return first.future();
  }

  private String waitingFor(Predicate<WorkerInfo> isAwaited) {
    List<WorkerInfo> awaited = parts.membership().group().workers().stream().filter(isAwaited).toList();
    return awaited.isEmpty() ? "" : ", waiting for " + awaited;
  }

  private Future<Void> until(BooleanSupplier condition, Duration limit) {
    return parts.timers().until(condition, LOOK_AGAIN, limit, () -> late("references that are not settled"
        + waitingFor(parts.refs()::awaits) + ": " + parts.refs().debugInfo().encode()), over);
  }

  private static RpcException late(String what) {
    return RpcException.of(RpcFailure.TIMEOUT, "the time was over with " + what);
  }
}
