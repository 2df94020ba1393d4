package dev.vertxrpc.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxrpc.WorkerInfo;
import dev.vertxrpc.membership.Records;
import dev.vertxrpc.runtime.Losses;
import dev.vertxrpc.runtime.RpcWorker;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.core.shareddata.AsyncMap;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** When a split cluster meets again, the group's entry is the other half's, whatever epoch that had come to. */
class MergedEntryTest {
  private static final String MAP = "vertx-rpc.groups";

  private final Simulation simulation = new Simulation();
  private final List<RpcWorker> workers = simulation.group(3, new JsonObject());

  @AfterEach
  void close() {
    List<Future<Void>> ends = new ArrayList<>();
    simulation.run(() -> {
      workers.forEach(worker -> ends.add(worker.close()));
      return false;
    });
    simulation.runUntil(() -> ends.stream().allMatch(Future::isComplete));
    simulation.close();
  }

  /** Has the cluster come to another entry, as a merge does. */
  private void replace(Consumer<JsonObject> change) {
    String group = workers.get(0).rpc().group().name();
    List<Future<?>> done = new ArrayList<>();
    simulation.run(() -> {
      done.add(simulation.vertx().sharedData().<String, String>getAsyncMap(MAP)
          .compose(map -> change(map, group, change)));
      return false;
    });
    simulation.runUntil(() -> done.get(0).isComplete());
    assertThat(done.get(0).cause()).isNull();
  }

  private static Future<?> change(AsyncMap<String, String> map, String group, Consumer<JsonObject> change) {
    return map.get(group).compose(text -> {
      JsonObject entry = new JsonObject(text);
      change.accept(entry);
      return map.put(group, entry.encode());
    });
  }

  @Test
  void aWorkerThatIsNotInItEndsAlthoughItsOwnEpochIsGreater() {
    replace(entry -> {
      JsonArray members = entry.getJsonArray("members");
      members.remove(2);
      entry.put("epoch", 1);
    });

    simulation.runUntil(() -> workers.get(2).ended().isComplete());

    assertThat(workers.get(0).rpc().group().workers()).extracting("name").containsExactly("w0", "w1");
    assertThat(workers.get(0).ended().isComplete()).isFalse();
  }

  @Test
  void whoIsInItGoesOnWithItsEpoch() {
    replace(entry -> entry.put("epoch", 1));

    simulation.runUntil(() -> workers.stream().allMatch(worker -> worker.rpc().group().epoch() == 1));

    assertThat(workers).noneMatch(worker -> worker.ended().isComplete());
  }

  @Test
  void theRecordOfOneWhoWasLostIsStruckAgainWhereItComesBack() {
    JsonObject[] record = new JsonObject[1];
    replace(entry -> record[0] = entry.getJsonArray("members").getJsonObject(2));
    WorkerInfo lost = workers.get(2).rpc().self();
    simulation.run(() -> {
      Losses.kill(workers.get(2));
      Losses.tell(workers.get(0), lost);
      return false;
    });
    assertStruck();

    replace(entry -> entry.put("epoch", 1).getJsonArray("members").add(record[0]));

    assertStruck();
    assertThat(workers.get(0).rpc().group().workers()).doesNotContain(lost);
    assertThat(workers.get(0).ended().isComplete()).isFalse();
  }

  private void assertStruck() {
    String group = workers.get(0).rpc().group().name();
    long deadline = simulation.clock().nanoTime() + Duration.ofSeconds(20).toNanos();
    List<String> recorded = new ArrayList<>();
    simulation.runUntil(() -> {
      recorded.clear();
      recorded.addAll(Records.names(simulation.vertx(), group).result());
      return List.of("w0", "w1").equals(recorded) || simulation.clock().nanoTime() > deadline;
    });
    assertThat(recorded).containsExactly("w0", "w1");
  }
}
