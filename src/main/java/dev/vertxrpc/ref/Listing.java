package dev.vertxrpc.ref;

import dev.vertxrpc.wire.Clock;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** What there is of references, in words. Thread-safe. */
final class Listing {
  private final Clock clock;
  private final Sites sites;
  private final Tables tables;

  Listing(RefSetup setup, Sites sites, Tables tables) {
    this.clock = setup.timers().clock();
    this.sites = sites;
    this.tables = tables;
  }

  /** Each value that is kept here, then each handle to one that is kept elsewhere. */
  JsonArray all() {
    return tables.change(() -> {
      JsonArray all = new JsonArray();
      tables.owned().all().forEach(value -> all.add(describe(value)));
      tables.held().all().forEach(fork -> all.add(describe(fork)));
      return all;
    });
  }

  /** The values that somebody else holds. */
  List<JsonObject> left() {
    return tables.change(() -> {
      List<JsonObject> left = new ArrayList<>();
      tables.owned().all().stream().filter(value -> !value.holders().isEmpty())
          .forEach(value -> left.add(describe(value)));
      return left;
    });
  }

  private JsonObject describe(OwnedValue value) {
    JsonArray holders = new JsonArray();
    long now = clock.nanoTime();
    value.holders().forEach((fork, holder) -> holders.add(holder.describe(fork, now)));
    JsonObject description = new JsonObject().put("id", value.id().toString())
        .put("creator", sites.name(value.id().creator())).put("state", state(value)).put("type", type(value))
        .put("localHandles", value.localHandles()).put("holders", holders);
    return value.site() == null ? description : description.put("site", value.site());
  }

  private static String state(OwnedValue value) {
    Future<Object> made = value.value();
    return !made.isComplete() ? "pending" : made.succeeded() ? "made" : "failed";
  }

  private static String type(OwnedValue value) {
    Object made = value.value().result();
    return made == null ? value.type().getTypeName() : made.getClass().getName();
  }

  private JsonObject describe(HeldFork fork) {
    JsonObject description = new JsonObject().put("id", fork.fork().ref().toString())
        .put("owner", fork.owner().name()).put("fork", fork.fork().id().toString())
        .put("state", fork.isPending() ? "pending" : fork.isClosed() ? "closed" : "confirmed")
        .put("children", fork.children())
        .put("ageMs", TimeUnit.NANOSECONDS.toMillis(clock.nanoTime() - fork.sinceNanos()));
    return fork.site() == null ? description : description.put("site", fork.site());
  }
}
