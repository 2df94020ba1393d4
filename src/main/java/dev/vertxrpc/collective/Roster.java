package dev.vertxrpc.collective;

import dev.vertxrpc.Group;
import dev.vertxrpc.WorkerInfo;
import dev.vertxrpc.wire.Participants;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/**
 * Who takes part in a round: in rank order, as the application sees them, and by name, as frames list them; the first
 * by name leads. Immutable.
 *
 * @param group that they are members of
 * @param byName the same as {@code participants}
 * @param places of each in rank order, where it stands by name
 */
record Roster(Group group, List<WorkerInfo> byRank, List<WorkerInfo> byName, Participants participants,
              List<Integer> places) {
  /** {@code known} may put another object in the place of one that is equal. */
  static Roster of(Group group, List<WorkerInfo> workers, UnaryOperator<Participants> known) {
    List<WorkerInfo> byName = workers.stream().sorted(Comparator.comparing(WorkerInfo::name)).toList();
    List<Integer> places = IntStream.range(0, byName.size()).boxed()
        .sorted(Comparator.comparingInt(place -> byName.get(place).rank())).toList();
    return new Roster(group, places.stream().map(byName::get).toList(), byName,
        known.apply(Participants.of(byName.stream().map(Rounds::participant).toList())), places);
  }

  Optional<WorkerInfo> named(String name) {
    int place = participants.placeOf(name);
    return place < 0 ? Optional.empty() : Optional.of(byName.get(place));
  }

  List<String> names() {
    return byRank.stream().map(WorkerInfo::name).toList();
  }

  /** Of things in the order of the names, those in the order of the ranks. */
  <T> List<T> byRank(List<T> sortedByName) {
    return places.stream().map(sortedByName::get).toList();
  }
}
