package dev.vertxrpc.cluster;

import static dev.vertxrpc.testing.TestGroup.get;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxrpc.RRef;
import dev.vertxrpc.Rpc;
import dev.vertxrpc.ref.RefOps;
import dev.vertxrpc.testing.Gates;
import dev.vertxrpc.testing.TestGroup;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a worker says of the values that it keeps and the handles that it holds. */
class ReferencesTest {
  private final TestGroup group = TestGroup.local(3, new JsonObject().put("trackRefSites", true));
  private final Rpc rpc = group.rpc(0);

  @AfterEach
  void close() {
    group.close();
  }

  private static List<JsonObject> objects(JsonArray array) {
    return IntStream.range(0, array.size()).mapToObj(array::getJsonObject).toList();
  }

  private List<JsonObject> references(int rank) {
    return objects(group.worker(rank).references());
  }

  private static String id(RRef<?> ref) {
    String text = ref.toString();
    return text.substring(text.indexOf('(') + 1, text.indexOf(' '));
  }

  @Test
  void listsWhoHoldsWhatAndHowItCameThere() {
    RRef<Counter> counter = rpc.on("w1").create(Counter::new, 1);
    RRef<Counter> theirs = get(group.rpc(2).on("w0").call(RefOps::createOn, "w1", 2));
    get(counter.call(Counter::get));
    get(theirs.call(Counter::get));
    group.eventually("w0 has let go", () -> {
      System.gc();
      return group.figure(1, "forks") == 2;
    });

    assertThat(references(1)).hasSize(2).allSatisfy(value -> {
      assertThat(value.getString("creator")).isEqualTo("w0");
      assertThat(value.getString("state")).isEqualTo("made");
      assertThat(value.getString("type")).isEqualTo(Counter.class.getName());
      assertThat(value.getInteger("localHandles")).isZero();
    });
    JsonObject holder = holder(id(counter));
    assertThat(holder.getString("worker")).isEqualTo("w0");
    assertThat(counter.toString()).contains("fork " + holder.getString("fork"));
    assertThat(holder.getLong("ageMs")).isNotNegative();
    assertThat(holder.getJsonArray("path")).containsExactly("w0");
    assertThat(holder(id(theirs)).getJsonArray("path")).containsExactly("w0", "w2");
    assertThat(references(0)).singleElement().satisfies(held -> {
      assertThat(held.getString("id")).isEqualTo(id(counter));
      assertThat(held.getString("owner")).isEqualTo("w1");
      assertThat(held.getString("state")).isEqualTo("confirmed");
      assertThat(held.getString("site")).matches(ReferencesTest.class.getName() + ":[0-9]+");
    });
    assertThat(references(2)).singleElement()
        .satisfies(held -> assertThat(held.getString("site")).isEqualTo("received from w0"));
    counter.close();
    theirs.close();
  }

  private JsonObject holder(String id) {
    JsonObject value = references(1).stream().filter(each -> each.getString("id").equals(id)).findFirst().orElseThrow();
    return objects(value.getJsonArray("holders")).get(0);
  }

  @Test
  void saysWhereTheOwnerHandedAValueOut() {
    String gate = Gates.name();
    RRef<Counter> own = rpc.own(new Counter(1));
    Future<Integer> read = rpc.on("w1").call(RefOps::readAfter, gate, own);

    assertThat(references(0)).singleElement().satisfies(value -> {
      assertThat(value.getString("site")).startsWith(ReferencesTest.class.getName() + ":");
      assertThat(objects(value.getJsonArray("holders"))).singleElement().satisfies(holder -> {
        assertThat(holder.getString("site")).startsWith(ReferencesTest.class.getName() + ":");
        assertThat(holder.getJsonArray("path")).containsExactly("w0", "w1");
      });
    });
    Gates.open(gate);
    assertThat(get(read)).isEqualTo(1);
    own.close();
  }

  @Test
  void saysWhatIsStillBeingMadeAndWhatFailed() {
    String gate = Gates.name();
    RRef<Counter> slow = rpc.on("w0").remote(RefOps::counterAfter, gate, 1);
    assertThat(references(0)).singleElement().satisfies(value -> {
      assertThat(value.getString("state")).isEqualTo("pending");
      assertThat(value.getInteger("localHandles")).isEqualTo(1);
      assertThat(value.getString("site")).startsWith(ReferencesTest.class.getName() + ":");
    });
    Gates.open(gate);
    get(slow.toHere());
    slow.close();

    RRef<Counter> broken = rpc.on("w0").remote(RefOps::broken, "no luck");
    broken.toHere().onComplete(failed -> broken.close());
    group.eventually("all is released", () -> references(0).isEmpty());
  }

  @Test
  void countsEachKindOfReference() {
    String gate = Gates.name();
    RRef<Counter> there = rpc.on("w1").remote(RefOps::counterAfter, gate, 1);
    get(there.confirmed());

    assertThat(group.worker(0).debugInfo()).isEqualTo(new JsonObject().put("owners", 0).put("forks", 0)
        .put("users", 1).put("confirmedUsers", 1).put("pendingUsers", 0).put("pendingChildren", 0)
        .put("pendingOwners", 0).put("pendingReleases", 0).put("pendingCalls", 0).put("runningCalls", 0)
        .put("rounds", 0).put("laneBytes", 0L));
    assertThat(group.worker(1).debugInfo()).isEqualTo(new JsonObject().put("owners", 1).put("forks", 1)
        .put("users", 0).put("confirmedUsers", 0).put("pendingUsers", 0).put("pendingChildren", 0)
        .put("pendingOwners", 0).put("pendingReleases", 0).put("pendingCalls", 0).put("runningCalls", 1)
        .put("rounds", 0).put("laneBytes", 0L));
    Gates.open(gate);
    get(there.toHere().otherwiseEmpty());
    there.close();
  }
}
