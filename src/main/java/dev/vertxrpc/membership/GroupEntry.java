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
 * What the cluster knows of a group: its kind (static where a world size is set), the epoch, which counts who came
 * and who went, the members in rank order, which of those who went last were lost, and which of the members shut
 * the group down. Immutable.
 */
record GroupEntry(OptionalInt worldSize, long epoch, List<Member> members, List<Long> lost, List<Long> closing) {
  /** So many losses are told from leaves by those who hear of them late. */
  private static final int REMEMBERED = 64;

  GroupEntry {
    lost = List.copyOf(lost.subList(Math.max(0, lost.size() - REMEMBERED), lost.size()));
    members = members.stream().sorted(Comparator.comparingInt(member -> member.worker().rank())).toList();
    // Where a shutdown has failed the group goes on when those who tried are gone.
    List<Long> there = members.stream().map(member -> member.worker().incarnation()).toList();
    closing = closing.stream().filter(there::contains).toList();
  }

  static GroupEntry empty(OptionalInt worldSize) {
    return new GroupEntry(worldSize, 0, List.of(), List.of(), List.of());
  }

  GroupEntry with(Member member) {
    List<Member> more = new ArrayList<>(members);
    more.add(member);
    return new GroupEntry(worldSize, epoch + 1, more, lost, closing);
  }

  /** Without those incarnations, which left; the same object where none of them is a member. */
  GroupEntry without(Collection<Long> incarnations) {
    List<Member> rest = members.stream()
        .filter(member -> !incarnations.contains(member.worker().incarnation())).toList();
    int fewer = members.size() - rest.size();
    return fewer == 0 ? this : new GroupEntry(worldSize, epoch + fewer, rest, lost, closing);
  }

  /** The same, where they were lost. */
  GroupEntry withoutLost(Collection<Long> incarnations) {
    List<Long> more = new ArrayList<>(lost);
    members.stream().map(member -> member.worker().incarnation()).filter(incarnations::contains).forEach(more::add);
    GroupEntry rest = without(incarnations);
    return rest == this ? this : new GroupEntry(worldSize, rest.epoch(), rest.members(), more, closing);
  }

  /** Whether it is remembered that {@code worker} did not leave in good order. */
  boolean wasLost(WorkerInfo worker) {
    return lost.contains(worker.incarnation());
  }

  /** As {@code worker} shuts the group down: nobody joins from now on, so that all who do agree on who takes part. */
  GroupEntry closedBy(WorkerInfo worker) {
    if (find(worker::equals).isEmpty() || closing.contains(worker.incarnation())) {
      return this;
    }
    List<Long> more = new ArrayList<>(closing);
    more.add(worker.incarnation());
    return new GroupEntry(worldSize, epoch, members, lost, more);
  }

  boolean isClosing() {
    return !closing.isEmpty();
  }

  /** Why nobody can join. */
  String whyClosed() {
    return "it is being shut down by " + members.stream().map(Member::worker)
        .filter(worker -> closing.contains(worker.incarnation())).toList();
  }

  /** With another kind, which an entry without members may get. */
  GroupEntry as(OptionalInt kind) {
    return new GroupEntry(kind, epoch, members, lost, closing);
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
    return json.put("members", new JsonArray(members.stream().map(Member::toJson).toList()))
        .put("lost", incarnations(lost)).put("closing", incarnations(closing)).encode();
  }

  private static JsonArray incarnations(List<Long> of) {
    return new JsonArray(of.stream().map(Long::toHexString).toList());
  }

  static GroupEntry decode(String text) {
    JsonObject json = new JsonObject(text);
    Integer worldSize = json.getInteger("worldSize");
    return new GroupEntry(worldSize == null ? OptionalInt.empty() : OptionalInt.of(worldSize),
        json.getLong("epoch"),
        json.getJsonArray("members").stream().map(JsonObject.class::cast).map(Member::from).toList(),
        incarnations(json.getJsonArray("lost")), incarnations(json.getJsonArray("closing")));
  }

  private static List<Long> incarnations(JsonArray from) {
    return from.stream().map(String.class::cast).map(hex -> Long.parseUnsignedLong(hex, 16)).toList();
  }
}
