package dev.vertxrpc.membership;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.shareddata.AsyncMap;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * The entry of one group in the cluster's shared map, changed by compare and set and by nothing else:
 * it needs neither a lock nor a counter, which are not safe when the cluster splits. Thread-safe.
 */
final class GroupRegistry {
  private final Vertx vertx;
  private final String group;

  GroupRegistry(Vertx vertx, String group) {
    this.vertx = vertx;
    this.group = group;
  }

  Future<Optional<GroupEntry>> read() {
    return map().compose(map -> map.get(group)).map(text -> Optional.ofNullable(text).map(GroupEntry::decode));
  }

  /**
   * Applies {@code change} to the entry, which is empty where there is none, until no other change came
   * between; completes with the entry that stands then, empty where the last member has gone. What {@code
   * change} throws fails the Future and leaves the entry as it was.
   */
  Future<Optional<GroupEntry>> update(UnaryOperator<Optional<GroupEntry>> change) {
    return map().compose(map -> update(map, change));
  }

  private Future<Optional<GroupEntry>> update(AsyncMap<String, String> map,
                                              UnaryOperator<Optional<GroupEntry>> change) {
    return map.get(group).compose(before -> {
      Optional<GroupEntry> entry = Optional.ofNullable(before).map(GroupEntry::decode);
      Optional<GroupEntry> changed = change.apply(entry).filter(next -> !next.members().isEmpty());
      return replace(map, before, changed.map(GroupEntry::encode).orElse(null))
          .compose(done -> done ? Future.succeededFuture(changed) : update(map, change));
    });
  }

  private Future<Boolean> replace(AsyncMap<String, String> map, String before, String after) {
    if (before == null) {
      return after == null ? Future.succeededFuture(true)
          : map.putIfAbsent(group, after).map(existing -> existing == null);
    }
    if (before.equals(after)) {
      return Future.succeededFuture(true);
    }
    return after == null ? map.removeIfPresent(group, before) : map.replaceIfPresent(group, before, after);
  }

  private Future<AsyncMap<String, String>> map() {
    // A cluster manager whose node is down throws instead of failing the Future.
    return Future.succeededFuture().compose(now -> vertx.sharedData().getAsyncMap(Membership.MAP));
  }
}
