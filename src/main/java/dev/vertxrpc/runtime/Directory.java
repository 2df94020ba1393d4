package dev.vertxrpc.runtime;

import static java.util.Objects.requireNonNull;

import dev.vertxrpc.Group;
import dev.vertxrpc.RpcException;
import dev.vertxrpc.RpcFailure;
import dev.vertxrpc.WorkerInfo;
import dev.vertxrpc.call.Calls;
import dev.vertxrpc.membership.Membership;
import dev.vertxrpc.wire.Endpoint;
import dev.vertxrpc.wire.ServiceId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Finds the workers that calls go to, in the group as it is then. Where several would do, calls go round among those
 * that this worker waits for least. Once this worker has ended it finds nobody. Thread-safe.
 */
final class Directory {
  private final Membership membership;
  private final Endpoint endpoint;
  private final Calls calls;
  /** By the role that is asked for; as many as members have. */
  private final Map<String, Rotation> rotations = new ConcurrentHashMap<>();

  Directory(Membership membership, Endpoint endpoint, Calls calls) {
    this.membership = membership;
    this.endpoint = endpoint;
    this.calls = calls;
  }

  Choice named(String name) {
    return single("worker named ", name, group -> group.worker(name));
  }

  Choice ranked(int rank) {
    return single("worker of rank ", rank, group -> group.worker(rank));
  }

  private Choice single(String what, Object which, Function<Group, Optional<WorkerInfo>> find) {
    return choice(what, which, () -> {
      Group group = membership.group();
      return find.apply(group).orElseThrow(() -> RpcException.of(RpcFailure.NO_SUCH_WORKER,
          "no " + what + which + " is in group " + group.name() + ", which has " + group.workers()));
    });
  }

  // Who is in no group is told that, not that others are not in it.
  private Choice choice(String what, Object which, Supplier<WorkerInfo> find) {
    return new Choice(what, which, () -> {
      endpoint.requireOpen();
      return find.get();
    });
  }

  /** That run of a worker, whose name, rank and incarnation must be those of one member. */
  Choice exactly(WorkerInfo worker) {
    return choice("", worker, () -> {
      RpcException gone = endpoint.whyGone(worker);
      if (gone != null) {
        throw gone;
      }
      return membership.worker(worker.incarnation()).filter(worker::equals).orElseThrow(() -> stranger(worker));
    });
  }

  private RpcException stranger(WorkerInfo worker) {
    Group group = membership.group();
    String namesake = group.worker(worker.name()).map(there -> there.incarnation() == worker.incarnation()
        ? "; that incarnation is " + there + " with the roles " + there.roles()
        : "; " + there + " is another incarnation of that name").orElse("");
    return RpcException.of(RpcFailure.WORKER_LEFT, worker + " is not in group " + group.name()
        + " any more, or never was" + namesake).at(worker);
  }

  Choice any(String role) {
    requireNonNull(role, "role");
    return oneOf(role, "any worker with the role " + role, "has the role " + role);
  }

  Choice serving(ServiceId service) {
    return oneOf(service.toString(), "any worker that serves it", "serves " + service);
  }

  private Choice oneOf(String role, String text, String does) {
    return choice("", text, () -> {
      Group group = membership.group();
      List<WorkerInfo> candidates = group.workers(role);
      if (candidates.isEmpty()) {
        throw RpcException.of(RpcFailure.NO_SUCH_WORKER, "nobody " + does + " in group " + group.name()
            + ", which has " + rolesOf(group));
      }
      List<WorkerInfo> living = candidates.stream().filter(worker -> endpoint.whyGone(worker) == null).toList();
      if (living.isEmpty()) {
        throw endpoint.whyGone(candidates.get(0));
      }
      // Who is leaving refuses at once, and would be waited for least.
      List<WorkerInfo> staying = living.stream().filter(worker -> !calls.isLeaving(worker)).toList();
      return rotations.computeIfAbsent(role, first -> new Rotation())
          .next(staying.isEmpty() ? living : staying, calls::pending);
    });
  }

  private static String rolesOf(Group group) {
    return group.workers().stream().map(worker -> worker + " with " + new TreeSet<>(worker.roles()))
        .collect(Collectors.joining(", "));
  }
}
