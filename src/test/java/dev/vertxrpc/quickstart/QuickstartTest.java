package dev.vertxrpc.quickstart;

import static dev.vertxrpc.testing.TestGroup.failure;
import static dev.vertxrpc.testing.TestGroup.get;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxrpc.CallOptions;
import dev.vertxrpc.RRef;
import dev.vertxrpc.Rpc;
import dev.vertxrpc.RpcFailure;
import dev.vertxrpc.config.RpcConfig;
import dev.vertxrpc.runtime.RpcWorker;
import dev.vertxrpc.testing.TestGroup;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The README's snippets: they stand here, or in the classes beside, to the letter, and they run. */
class QuickstartTest {
  @Test
  void theReadmeRunsOnTwoMembersOfACluster() {
    List<Vertx> members = TestGroup.cluster(2);

    Future<Rpc> first = join(members.get(0), "w0");
    Rpc rpc = get(join(members.get(1), "w1"));

    assertThat(calls(get(first))).containsExactly(4, 6);
    assertThat(get(references(get(first)))).isEqualTo(2.0);
    Future<Map<String, Double>> mine = meet(get(first), 0.5);
    assertThat(get(meet(rpc, 0.25))).isEqualTo(Map.of("w0", 0.5, "w1", 0.25));
    assertThat(get(mine)).isEqualTo(Map.of("w0", 0.5, "w1", 0.25));
    members.forEach(vertx -> get(vertx.close()));
  }

  @Test
  void aVerticleWithAJsonConfigIsAWorker() {
    Vertx vertx = Vertx.vertx();
    RpcWorker other = RpcWorker.create(vertx, RpcConfig.from(new JsonObject().put("name", "w0")));
    get(other.join());

    Future<String> deployed = deploy(vertx);

    assertThat(get(deployed)).isNotNull();
    get(vertx.close());
  }

  @Test
  void aWorkerServesAnInterface() {
    Vertx vertx = Vertx.vertx();
    get(serve(vertx).join());
    RpcWorker asking = RpcWorker.create(vertx, RpcConfig.from(new JsonObject().put("name", "w1")));

    assertThat(ask(get(asking.join()))).containsExactly("tea");

    get(vertx.close());
  }

  @Test
  void aCallCanBeGivenUp() {
    Vertx vertx = Vertx.vertx();
    Rpc rpc = get(RpcWorker.create(vertx, RpcConfig.from(new JsonObject().put("name", "w1"))).join());

    assertThat(RpcFailure.of(failure(giveUp(rpc)))).isEqualTo(RpcFailure.CANCELLED);
    get(vertx.close());
  }

  @Test
  void theReadmeNamesEveryKeyAndEveryFailure() throws IOException {
    String readme = Files.readString(Path.of("README.md"));
    JsonObject schema = new JsonObject(Files.readString(Path.of("conf", "rpc-config.schema.json")));
    schema.getJsonObject("properties").remove("$schema");
    JsonObject parts = schema.getJsonObject("$defs");

    for (JsonObject part : List.of(schema, parts.getJsonObject("limits"), parts.getJsonObject("cluster"))) {
      assertThat(part.getJsonObject("properties").fieldNames()).allSatisfy(key ->
          assertThat(readme).contains("`" + key + "`"));
    }
    assertThat(RpcFailure.values()).allSatisfy(failure ->
        assertThat(readme).containsPattern("(?m)^\\|[A-Z_, ]*\\b" + failure + "\\b[A-Z_, ]*\\|"));
  }

  @Test
  void theReadmeShowsThisCode() throws IOException {
    String readme = Files.readString(Path.of("README.md"));

    Path here = Path.of("src/test/java/dev/vertxrpc/quickstart");
    int found = 0;
    for (String file : List.of("Ops.java", "Average.java", "Prices.java", "Search.java", "Greeter.java",
        "QuickstartTest.java")) {
      for (String snippet : snippets(Files.readString(here.resolve(file)))) {
        assertThat(readme).as("a snippet of " + file).contains(snippet);
        found++;
      }
    }
    // Or a marker was lost here, or code written there that nothing compiles.
    assertThat(found).isEqualTo(readme.split("(?m)^```java$", -1).length - 1);
  }

  private static Future<Rpc> join(Vertx vertx, String name) {
    // [join]
    RpcWorker worker = RpcWorker.create(vertx, RpcConfig.from(new JsonObject()
        .put("name", name)                       // the only key without a default
        .put("worldSize", 2)));                  // join completes when both are there
    Future<Rpc> joined = worker.join();          // the one call that touches the network
    // [end]
    return joined;
  }

  private static double[] calls(Rpc rpc) {
    // [calls]
    Future<String> hello = rpc.on("w1").call(Ops::greet, "ada");
    Future<double[]> sum = rpc.on(1).call(Ops::add, new double[] {1, 2}, new double[] {3, 4});
    double[] now = Rpc.await(sum);               // for threads that may block; refused on an event loop
    // [end]
    assertThat(get(hello)).isEqualTo("hello ada from w1");
    return now;
  }

  private static RpcWorker serve(Vertx vertx) {
    // [serve]
    RpcWorker shop = RpcWorker.create(vertx, RpcConfig.from(new JsonObject().put("name", "shop")))
        .serve(Prices.class, new ListedPrices())     // before the join: it becomes a role of the worker
        .provide(Clock.class, Clock.systemUTC());    // for CallContext.current().get(Clock.class) in functions
    // [end]
    return shop;
  }

  private static List<String> ask(Rpc rpc) {
    // [ask]
    Future<Double> price = rpc.proxy(Prices.class).of("tea");           // any worker that serves it
    Future<List<String>> articles = rpc.on("shop").service(Prices.class).call(Prices::articles);
    Future<Void> all = rpc.waitAll(scope -> {        // completes when all calls made through the scope have ended
      scope.on("shop").call(Ops::greet, "ada");
      scope.proxy(Prices.class).of("tea");
    });
    // [end]
    assertThat(get(price)).isEqualTo(2.5);
    get(all);
    return get(articles);
  }

  private static Future<String> giveUp(Rpc rpc) {
    // [options]
    Promise<Void> enough = Promise.promise();
    CallOptions options = CallOptions.create().withTimeout(Duration.ofSeconds(5)).withHeader("user", "ada")
        .withCancelOn(enough.future());
    Future<String> search = rpc.on("w1").with(options).call(Search::find, "a needle");
    enough.complete();                               // search fails with CANCELLED, and the function is told
    // [end]
    return search;
  }

  private static Future<Double> references(Rpc rpc) {
    // [references]
    RRef<Average> average = rpc.on("w1").create(Average::new, 1.0);          // lives on w1
    Future<Double> mean = rpc.on("w0").call(Average::addTo, average, 2.0)    // handed to w0
        .compose(half -> average.call(Average::add, 3.0))
        .eventually(() -> {
          average.close();                       // the last handle: w1 forgets the object
          return Future.succeededFuture();
        });
    // [end]
    return mean;
  }

  private static Future<Map<String, Double>> meet(Rpc rpc, double loss) {
    // [meet]
    Future<Map<String, Double>> losses = rpc.collectives().barrier()
        .compose(met -> rpc.collectives().of(Double.class).allGather(loss));
    // [end]
    return losses;
  }

  private static Future<String> deploy(Vertx vertx) {
    // [deploy]
    Future<String> deployed = vertx.deployVerticle("dev.vertxrpc.quickstart.Greeter", new DeploymentOptions()
        .setConfig(new JsonObject()
            .put("rpc", new JsonObject().put("name", "greeter"))   // this worker's settings
            .put("who", "ada")));                                  // the application's own
    // [end]
    return deployed;
  }

  private static List<String> snippets(String source) {
    return Stream.of(source.split("(?m)^ *// \\[(?!end)[a-z]+]\n")).skip(1)
        .map(part -> part.split("(?m)^ *// \\[end]")[0].stripTrailing().stripIndent()).toList();
  }
}
