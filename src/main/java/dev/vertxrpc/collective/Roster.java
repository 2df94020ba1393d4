package dev.vertxrpc.collective;

import dev.vertxrpc.WorkerInfo;
import dev.vertxrpc.wire.RoundId;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Who takes part in a round: in rank order, as the application sees them, and by name, as frames list them; the first
 * by name leads. Immutable.
 *
 * @param places of each in rank order, where it stands by name
 */
record Roster(List<WorkerInfo> byRank, List<WorkerInfo> byName, List<Integer> places) {
  static Roster of(List<WorkerInfo> workers) {
    List<WorkerInfo> byRank = workers.stream().sorted(Comparator.comparingInt(WorkerInfo::rank)).toList();
    List<WorkerInfo> byName = workers.stream().sorted(Comparator.comparing(WorkerInfo::name)).toList();
    Map<Long, Integer> places = new HashMap<>();
    for (int place = 0; place < byName.size(); place++) {
      places.put(byName.get(place).incarnation(), place);
    }
    return new Roster(byRank, byName, byRank.stream().map(worker -> places.get(worker.incarnation())).toList());
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
    return places.stream().map(sortedByName::get).toList();
  }
}
