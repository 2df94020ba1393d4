package dev.vertxrpc.membership;

import dev.vertxrpc.Group;
import dev.vertxrpc.WorkerInfo;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A group, and its workers by their incarnations: a round asks for all of its participants, whenever one of them comes.
 * Immutable.
 */
record Snapshot(Group group, Map<Long, WorkerInfo> byIncarnation) {
  static Snapshot of(Group group) {
    return new Snapshot(group, group.workers().stream()
        .collect(Collectors.toUnmodifiableMap(WorkerInfo::incarnation, Function.identity(), (first, same) -> first)));
  }
}
