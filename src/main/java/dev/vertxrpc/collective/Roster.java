package dev.vertxrpc.collective;

import dev.vertxrpc.WorkerInfo;
import dev.vertxrpc.wire.RoundId;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Who takes part in a round: in rank order, as the application sees them, and by name, as frames list them; the first
 * by name leads. Immutable.
 */
record Roster(List<WorkerInfo> byRank, List<WorkerInfo> byName) {
  static Roster of(List<WorkerInfo> workers) {
    return new Roster(workers.stream().sorted(Comparator.comparingInt(WorkerInfo::rank)).toList(),
        workers.stream().sorted(Comparator.comparing(WorkerInfo::name)).toList());
  }

  List<RoundId.Participant> participants() {
    return byName.stream().map(Rounds::participant).toList();
  }

  Optional<WorkerInfo> named(String name) {
    return byName.stream().filter(each -> each.name().equals(name)).findFirst();
  }

  List<String> names() {
    return byRank.stream().map(WorkerInfo::name).toList();
  }

  /** Of things in the order of the names, those in the order of the ranks. */
  <T> List<T> byRank(List<T> sortedByName) {
    return byRank.stream().map(worker -> sortedByName.get(byName.indexOf(worker))).toList();
  }
}
