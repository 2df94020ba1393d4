package dev.vertxrpc.membership;

import dev.vertxrpc.Group;
import dev.vertxrpc.WorkerInfo;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Predicate;

/**
 * What the cluster knows of a group: its kind (static where a world size is set), the epoch, and the
 * members in rank order. Immutable; a changed one has the next epoch.
 */
record GroupEntry(OptionalInt worldSize, long epoch, List<Member> members) {
  GroupEntry {
    members = members.stream().sorted(Comparator.comparingInt(member -> member.worker().rank())).toList();
  }

  static GroupEntry empty(OptionalInt worldSize) {
    return new GroupEntry(worldSize, 0, List.of());
  }

  GroupEntry with(Member member) {
    List<Member> more = new ArrayList<>(members);
    more.add(member);
    return new GroupEntry(worldSize, epoch + 1, more);
  }

  /** Without those incarnations; the same object where none of them is a member. */
  GroupEntry without(Collection<Long> incarnations) {
    List<Member> rest = members.stream()
        .filter(member -> !incarnations.contains(member.worker().incarnation())).toList();
    return rest.size() == members.size() ? this : new GroupEntry(worldSize, epoch + 1, rest);
  }

  Optional<Member> find(Predicate<WorkerInfo> which) {
    return members.stream().filter(member -> which.test(member.worker())).findFirst();
  }

  boolean isComplete() {
    return worldSize.isEmpty() || members.size() == worldSize.getAsInt();
  }

  /** The smallest rank that nobody has. */
  int freeRank() {
    int rank = 0;
    for (Member member : members) {
      if (member.worker().rank() > rank) {
        break;
      }
      rank = member.worker().rank() + 1;
    }
    return rank;
  }

  /** The ranks of a static group that nobody has. */
  List<Integer> missingRanks() {
    List<Integer> missing = new ArrayList<>();
    for (int rank = 0; rank < worldSize.orElse(0); rank++) {
      int wanted = rank;
      if (find(worker -> worker.rank() == wanted).isEmpty()) {
        missing.add(rank);
      }
    }
    return missing;
  }

  Group toGroup(String name) {
    return new Group(name, epoch, members.stream().map(Member::worker).toList());
  }

  String encode() {
    JsonObject json = new JsonObject().put("epoch", epoch);
    worldSize.ifPresent(size -> json.put("worldSize", size));
    return json.put("members", new JsonArray(members.stream().map(Member::toJson).toList())).encode();
  }

  static GroupEntry decode(String text) {
    JsonObject json = new JsonObject(text);
    Integer worldSize = json.getInteger("worldSize");
    return new GroupEntry(worldSize == null ? OptionalInt.empty() : OptionalInt.of(worldSize),
        json.getLong("epoch"),
        json.getJsonArray("members").stream().map(JsonObject.class::cast).map(Member::from).toList());
  }
}
