package dev.vertxrpc.membership;

import dev.vertxrpc.WorkerInfo;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** What stands in the cluster's map, written and read past everybody. Thread-safe. */
public final class Records {
  private Records() {}

  /** Leaves the record of a worker that is not there, in a node that is. */
  public static Future<?> leave(Vertx vertx, String group, OptionalInt worldSize, WorkerInfo dead) {
    return leave(vertx, group, worldSize, dead, new ClusterView(vertx).nodeId());
  }

  /** The same in that node. */
  public static Future<?> leave(Vertx vertx, String group, OptionalInt worldSize, WorkerInfo dead, String node) {
    Member member = new Member(dead, node, "elsewhere", 4711, Instant.EPOCH);
    return new GroupRegistry(vertx, group).update(before ->
        Optional.of(before.orElseGet(() -> GroupEntry.empty(worldSize)).with(member)));
  }

  /** The names that are recorded, in rank order. */
  public static Future<List<String>> names(Vertx vertx, String group) {
    return new GroupRegistry(vertx, group).read().map(entry -> entry.map(there ->
        there.members().stream().map(member -> member.worker().name()).toList()).orElse(List.of()));
  }

  /** Whether somebody shuts the group down. */
  public static Future<Boolean> isClosing(Vertx vertx, String group) {
    return new GroupRegistry(vertx, group).read().map(entry -> entry.map(GroupEntry::isClosing).orElse(false));
  }
}
