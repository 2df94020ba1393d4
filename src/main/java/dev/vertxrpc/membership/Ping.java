package dev.vertxrpc.membership;

import dev.vertxrpc.RpcException;
import dev.vertxrpc.RpcFailure;
import dev.vertxrpc.RpcListener;
import dev.vertxrpc.WorkerInfo;
import dev.vertxrpc.wire.Endpoint;
import dev.vertxrpc.wire.Node;
import dev.vertxrpc.wire.Timers;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Asks members whether they are there, for a newcomer that is none yet. Whoever answers lives, also where the answer
 * is that it knows of no such worker. Used once; confined to the newcomer's context.
 */
final class Ping {
  /** Longer than a worker that lives keeps its event loop. */
  static final Duration LIMIT = Duration.ofSeconds(10);

  private final Node node;
  private final Timers timers;
  private final String group;
  private Runnable stop = () -> { };
  private boolean stopped;
  /** Who has not answered. */
  private final List<WorkerInfo> awaited = new ArrayList<>();

  Ping(Node node, Timers timers, String group) {
    this.node = node;
    this.timers = timers;
    this.group = group;
  }

  /** Completes with the incarnations of those of {@code members} that say nothing within the limit. */
  Future<Set<Long>> silent(List<Member> members, long incarnation) {
    Set<Long> silent = new HashSet<>();
    if (members.isEmpty() || stopped) {
      return timers.context().succeededFuture(silent);
    }
    Endpoint endpoint = node.endpoint(timers.context(), group, new WorkerInfo("ping", 0, incarnation, Set.of()),
        new RpcListener() { }, LIMIT);
    stop = endpoint::close;
    return endpoint.open()
        .compose(open -> Future.join(members.stream().map(member ->
            ask(endpoint, member.worker()).onFailure(late -> silent.add(member.worker().incarnation()))).toList()))
        .transform(asked -> endpoint.close())
        .map(closed -> silent);
  }

  private Future<Void> ask(Endpoint endpoint, WorkerInfo member) {
    awaited.add(member);
    return timers.within(LIMIT, endpoint.connect(member).otherwiseEmpty(), Ping::silence)
        .onComplete(answered -> awaited.remove(member));
  }

  /** Those who are being asked, and have not answered. */
  List<WorkerInfo> awaited() {
    return List.copyOf(awaited);
  }

  /** Ends it at once, as if those who have not answered yet had. */
  void stop() {
    stopped = true;
    stop.run();
  }

  private static RpcException silence() {
    return RpcException.of(RpcFailure.TIMEOUT, "no answer within " + LIMIT.toMillis() + " ms");
  }
}
