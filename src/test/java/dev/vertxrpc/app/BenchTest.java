package dev.vertxrpc.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The bench as its user starts it; how fast anything is, is not looked at. */
@Timeout(180)
class BenchTest {
  @Test
  void printsFiguresAndRatiosAsJson() throws Exception {
    try (Launched bench = Launched.start("bench", "--in-process", "--baseline", "--json", "--only", "ping,window64",
        "--seconds", "0.05", "--warm-up", "0", "--runs", "2")) {
      assertThat(bench.exitStatus()).as(bench.toString()).isZero();

      List<JsonObject> lines = bench.out().stream().map(JsonObject::new).toList();
      assertThat(lines).extracting(line -> List.copyOf(line.fieldNames())).containsExactly(
          List.of("work", "system", "callsPerS", "p50Us", "p99Us", "runs"),
          List.of("work", "system", "callsPerS", "p50Us", "p99Us", "runs"),
          List.of("work", "metric", "ratio", "pairs"),
          List.of("work", "system", "callsPerS", "runs"),
          List.of("work", "system", "callsPerS", "runs"),
          List.of("work", "metric", "ratio", "pairs"));
      assertThat(lines).extracting(line -> line.getString("system"))
          .containsExactly("vertx-rpc", "eventbus", null, "vertx-rpc", "eventbus", null);
      assertThat(lines.get(2).getString("metric")).isEqualTo("p50Us");
      assertThat(lines.get(5).getString("metric")).isEqualTo("callsPerS");
      assertThat(lines.get(3).getDouble("callsPerS")).isPositive();
      assertThat(lines.get(3).getJsonArray("runs")).hasSize(2);
      assertThat(bench.err()).hasSize(1).first().asString().startsWith("vertx-rpc bench: Java ");
    }
  }

  @Test
  void measuresWorkersInProcessesOfTheirOwn() throws Exception {
    try (Launched bench = Launched.start("bench", "--only", "rrefCycle,allGather2,rrefMemory", "--seconds", "0.05",
        "--warm-up", "0.2", "--runs", "1", "--rrefs", "10")) {
      bench.awaitLine("rrefCycle");
      bench.child("name=w1");

      assertThat(bench.exitStatus()).as(bench.toString()).isZero();

      bench.awaitNoChildren();
      assertThat(bench.out()).hasSize(4);
      assertThat(bench.out().get(0)).matches("work +system +figures");
      assertThat(bench.out().get(1)).matches("rrefCycle +vertx-rpc +[\\d.,]+ perS +[\\d.,]+ us");
      assertThat(bench.out().get(2)).matches("allGather2 +vertx-rpc +[\\d.,]+ perS +[\\d.,]+ us");
      assertThat(bench.err())
          .anyMatch(line -> line.contains("rrefCycle: was still getting faster when its warm-up was over"));
      assertThat(bench.out().get(3)).matches("rrefMemory +vertx-rpc +-?[\\d.,]+ bytesPerRRef .+ "
          + "[\\d.,]+ releaseMs +[\\d.,]+ releaseUs");
    }
  }

  @Test
  void countsTheCallsThatFailWithTheirWorker() throws Exception {
    try (Launched bench = Launched.start("bench", "--in-process", "--json", "--only", "failFast", "--runs", "1")) {
      assertThat(bench.exitStatus()).as(bench.toString()).isZero();

      List<JsonObject> lines = bench.out().stream().map(JsonObject::new).toList();
      assertThat(lines).extracting(line -> line.getString("how")).containsExactly("GOODBYE", "UNDEPLOY");
      assertThat(lines).allSatisfy(line -> {
        assertThat(line.fieldNames()).containsExactly("work", "system", "p50Ms", "maxMs", "hung", "how");
        assertThat(line.getInteger("hung")).isZero();
      });
    }
  }

  @Test
  void takesItsProcessesWithItWhenItIsInterrupted() throws Exception {
    try (Launched bench = Launched.start("bench", "--only", "ping", "--seconds", "60")) {
      bench.awaitLine("work ");
      bench.awaitChild("name=w1");

      bench.process().destroy();

      assertThat(bench.exitStatus()).isEqualTo(143);
      bench.awaitNoChildren();
    }
  }
}
