package dev.vertxrpc.membership;

import dev.vertxrpc.WorkerInfo;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * A worker as its group's entry records it: who it is, which node of the cluster it lives in, and for
 * people on which host, in which process and since when. Immutable.
 */
record Member(WorkerInfo worker, String node, String host, long pid, Instant since) {
  @Override
  public String toString() {
    return worker + " on " + host + ", process " + pid + ", since " + since;
  }

  JsonObject toJson() {
    return new JsonObject()
        .put("name", worker.name())
        .put("rank", worker.rank())
        // As text: a 64-bit number does not survive every reader of JSON.
        .put("incarnation", Long.toHexString(worker.incarnation()))
        .put("roles", new JsonArray(new TreeSet<>(worker.roles()).stream().toList()))
        .put("node", node)
        .put("host", host)
        .put("pid", pid)
        .put("since", since.toString());
  }

  static Member from(JsonObject json) {
    WorkerInfo worker = new WorkerInfo(json.getString("name"), json.getInteger("rank"),
        Long.parseUnsignedLong(json.getString("incarnation"), 16),
        json.getJsonArray("roles").stream().map(String.class::cast).collect(Collectors.toSet()));
    return new Member(worker, json.getString("node"), json.getString("host"), json.getLong("pid"),
        Instant.parse(json.getString("since")));
  }
}
