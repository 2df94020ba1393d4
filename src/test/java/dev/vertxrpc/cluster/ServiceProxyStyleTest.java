package dev.vertxrpc.cluster;

import static dev.vertxrpc.testing.TestGroup.get;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxrpc.testing.TestGroup;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** An interface as vertx-service-proxy has them, with its data objects, is served without a change. */
class ServiceProxyStyleTest {
  private final TestGroup group = TestGroup.local(2, new JsonObject(), (worker, rank) -> {
    if (rank == 1) {
      worker.serve(OrderService.class, OrderService.create(null));
    }
  });
  private final OrderService orders = group.rpc(0).proxy(OrderService.class);

  /** Stands for io.vertx.codegen.annotations.ProxyGen. */
  @Retention(RetentionPolicy.CLASS)
  @interface ProxyGen {}

  /** Stands for io.vertx.codegen.annotations.DataObject. */
  @Retention(RetentionPolicy.CLASS)
  @interface DataObject {}

  /** As its users have written it. Thread-safe. */
  @ProxyGen
  public interface OrderService {
    String ADDRESS = "orders";

    static OrderService create(Vertx vertx) {
      return new LocalOrders();
    }

    Future<Void> save(Order order);

    Future<Order> find(String id);

    Future<List<Order>> findAll(Set<String> ids);

    Future<Map<String, Order>> byId();

    Future<JsonObject> raw(String id, JsonObject options, JsonArray fields);

    Future<State> advance(String id, State to);

    default Future<Order> findOrFail(String id) {
      return find(id).compose(order -> order == null ? Future.failedFuture("no order " + id)
          : Future.succeededFuture(order));
    }

    void close();
  }

  /** An enum. */
  public enum State { OPEN, PAID }

  /** A data object, whose getters say less than its JSON. */
  @DataObject
  public static class Order {
    private String id;
    private State state;
    private Instant placed;
    private List<Line> lines;

    public Order() {}

    public Order(JsonObject json) {
      id = json.getString("id");
      state = State.valueOf(json.getString("state"));
      placed = json.getInstant("placed");
      lines = json.getJsonArray("lines").stream().map(line -> new Line((JsonObject) line)).toList();
    }

    public JsonObject toJson() {
      return new JsonObject().put("id", id).put("state", state.name()).put("placed", placed)
          .put("lines", new JsonArray(lines.stream().map(Line::toJson).toList()));
    }

    public Order setId(String newId) {
      id = newId;
      return this;
    }
  }

  /** A data object in a data object. */
  @DataObject
  public static class Line {
    private final String article;
    private final int count;

    Line(String article, int count) {
      this.article = article;
      this.count = count;
    }

    public Line(JsonObject json) {
      this(json.getString("article"), json.getInteger("count"));
    }

    public JsonObject toJson() {
      return new JsonObject().put("article", article).put("count", count);
    }
  }

  private static final class LocalOrders implements OrderService {
    private final Map<String, Order> orders = new ConcurrentHashMap<>();

    @Override
    public Future<Void> save(Order order) {
      orders.put(order.id, order);
      return Future.succeededFuture();
    }

    @Override
    public Future<Order> find(String id) {
      return Future.succeededFuture(orders.get(id));
    }

    @Override
    public Future<List<Order>> findAll(Set<String> ids) {
      return Future.succeededFuture(ids.stream().sorted().map(orders::get).toList());
    }

    @Override
    public Future<Map<String, Order>> byId() {
      return Future.succeededFuture(new HashMap<>(orders));
    }

    @Override
    public Future<JsonObject> raw(String id, JsonObject options, JsonArray fields) {
      return Future.succeededFuture(new JsonObject().put("options", options).put("fields", fields)
          .put("order", orders.get(id).toJson()));
    }

    @Override
    public Future<State> advance(String id, State to) {
      orders.get(id).state = to;
      return Future.succeededFuture(to);
    }

    @Override
    public void close() {
      orders.clear();
    }
  }

  @AfterEach
  void close() {
    group.close();
  }

  private static Order order(String id) {
    return new Order(new JsonObject().put("id", id).put("state", "OPEN").put("placed", Instant.EPOCH)
        .put("lines", new JsonArray().add(new Line("tea", 2).toJson()).add(new Line("cup", 1).toJson())));
  }

  @Test
  void takesAndGivesDataObjects() {
    Order first = order("a");

    get(orders.save(first));
    get(orders.save(order("b")));

    assertThat(get(orders.find("a")).toJson()).isEqualTo(first.toJson());
    assertThat(get(orders.find("c"))).isNull();
    assertThat(get(orders.findAll(Set.of("b", "a")))).extracting(each -> each.id).containsExactly("a", "b");
    assertThat(get(orders.byId())).containsOnlyKeys("a", "b")
        .hasEntrySatisfying("b", each -> assertThat(each.toJson()).isEqualTo(order("b").toJson()));
  }

  @Test
  void takesAndGivesJsonAndEnums() {
    get(orders.save(order("a")));

    assertThat(get(orders.advance("a", State.PAID))).isEqualTo(State.PAID);
    JsonObject raw = get(orders.raw("a", new JsonObject().put("deep", true), new JsonArray().add("id").add(1)));

    assertThat(raw.getJsonObject("options").getBoolean("deep")).isTrue();
    assertThat(raw.getJsonArray("fields")).isEqualTo(new JsonArray().add("id").add(1));
    assertThat(raw.getJsonObject("order").getString("state")).isEqualTo("PAID");
  }

  @Test
  void runsDefaultMethodsOverTheProxy() {
    get(orders.save(order("a").setId("z")));

    assertThat(get(orders.findOrFail("z")).id).isEqualTo("z");
    assertThat(TestGroup.failure(orders.findOrFail("a"))).hasMessage("no order a");
  }

  @Test
  void waitsWhereNoFutureIsReturned() {
    get(orders.save(order("a")));

    orders.close();

    assertThat(get(orders.byId())).isEmpty();
  }
}
