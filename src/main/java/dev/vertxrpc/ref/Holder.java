package dev.vertxrpc.ref;

import dev.vertxrpc.WorkerInfo;
import dev.vertxrpc.wire.ForkId;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Who holds a fork of a value that this worker keeps. Immutable.
 *
 * @param sinceNanos by the node's clock
 * @param path the workers through whose hands it came; null where that is not tracked
 * @param site where this worker handed it out; null where that is not tracked, or another did
 */
record Holder(WorkerInfo worker, long sinceNanos, List<String> path, String site) {
  JsonObject describe(ForkId fork, long nowNanos) {
    JsonObject description = new JsonObject().put("worker", worker.name()).put("fork", fork.toString())
        .put("ageMs", TimeUnit.NANOSECONDS.toMillis(nowNanos - sinceNanos));
    if (path != null) {
      description.put("path", new JsonArray(path));
    }
    return site == null ? description : description.put("site", site);
  }
}
