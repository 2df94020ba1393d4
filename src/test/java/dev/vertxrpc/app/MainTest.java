package dev.vertxrpc.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class MainTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @TempDir
  private Path folder;

  private int run(String... arguments) {
    CommandLine line = Main.commandLine();
    line.setOut(new PrintWriter(out, true));
    line.setErr(new PrintWriter(err, true));
    return line.execute(arguments);
  }

  @Test
  void tellsItsCommandsAndOptions() {
    assertThat(run("--help")).isZero();
    assertThat(run("demo", "--help")).isZero();
    assertThat(run("worker", "--help")).isZero();

    assertThat(out.toString()).contains("demo", "worker", "--trainers=N", "--config=FILE", "Exit status:")
        .doesNotContain("eof");
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void tellsItsVersion() {
    assertThat(run("--version")).isZero();

    assertThat(out.toString()).startsWith("vertx-rpc ");
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      demo --trainers 0      | --trainers: found 0, expected 1 to 12
      demo --trainers 13     | --trainers: found 13, expected 1 to 12
      demo --epochs -1       | --epochs: found -1, expected 1 to 100000
      demo --epochs many     | Invalid value for option '--epochs': 'many' is not an int
      demo --data no/such.gz | no/such.gz: no such file
      demo --colour          | Unknown option: '--colour'
      bench --only ping,pong | --only: found pong, expected ping, window1, window4, window16,
      bench --seconds 0      | --seconds: found 0.0, expected more than 0, at most 60
      bench --runs 0         | --runs: found 0, expected 1 to 1000
      bench --rrefs 0        | --rrefs: found 0, expected 1 to 10000000
      bench --lane udp       | --lane: found udp, expected auto or shm or tcp or bus
      bench --in-process --only rrefMemory | --only: found rrefMemory, expected a work that can be done with
      worker                 | Missing required option: '--config=FILE'
      dmeo                   | at index 0: 'dmeo'; expected demo or worker or bench or config; see vertx-rpc --help
      demos                  | at index 0: 'demos'; did you mean demo?; see vertx-rpc --help
      demo --epoch=3         | '--epoch=3'; did you mean --epochs?; see vertx-rpc demo --help
      """)
  void refusesBadUsageInOneLine(String arguments, String message) {
    assertThat(run(arguments.split(" "))).isEqualTo(2);

    assertThat(err.toString()).startsWith("vertx-rpc: ").contains(message).containsOnlyOnce("\n");
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void refusesDataThatIsTooLittleForTheTrainers() throws IOException {
    Path data = folder.resolve("four.csv.gz");
    try (OutputStream gzip = new GZIPOutputStream(Files.newOutputStream(data))) {
      gzip.write(("0,".repeat(64) + "1\n").repeat(4).getBytes(StandardCharsets.US_ASCII));
    }

    assertThat(run("demo", "--trainers", "4", "--data", data.toString())).isEqualTo(2);

    assertThat(err.toString()).isEqualTo(
        "vertx-rpc: " + data + ": found 4 scans, expected at least 5 for 4 trainers\n");
  }

  @Test
  void refusesToDoNothing() {
    assertThat(run()).isEqualTo(2);

    assertThat(err.toString())
        .isEqualTo("vertx-rpc: expected a command: demo, worker, bench or config; see vertx-rpc --help\n");
  }

  @Test
  void refusesAConfigThatCannotBeUsed() throws IOException {
    Path config = folder.resolve("bad.json");
    Files.writeString(config, "{\"name\": \"w\", \"cluster\": {\"port\": \"abc\"}}");

    assertThat(run("worker", "--config", config.toString())).isEqualTo(2);

    assertThat(err.toString()).containsOnlyOnce("\n")
        .startsWith("vertx-rpc: " + config + ": cluster.port: found \"abc\", expected ");
  }

  @Test
  void refusesAVerticleThatIsNotThere() throws IOException {
    Path config = folder.resolve("absent.json");
    Files.writeString(config, "{\"name\": \"w\", \"verticles\": [\"com.acme.NoSuch\"]}");

    assertThat(run("worker", "--config", config.toString())).isEqualTo(2);

    assertThat(err.toString()).isEqualTo("vertx-rpc: " + config
        + ": verticles[0].class: found \"com.acme.NoSuch\", expected a class on the class path\n");
  }

  @Test
  void refusesATrainersConfigBeforeAnythingStarts() throws IOException {
    Path config = folder.resolve("trainer.json");
    Files.writeString(config, """
        {"name": "t", "verticles": [{"class": "dev.vertxrpc.app.demo.Trainer", "config": {"epochs": "two"}}]}
        """);

    assertThat(run("worker", "--config", config.toString())).isEqualTo(2);

    assertThat(err.toString()).isEqualTo("vertx-rpc: " + config + ": verticles[0].config.epochs: "
        + "found \"two\", expected a whole number from 1 to 100000\n");
  }

  @Test
  void printsTheConfigThatAWorkerWouldHaveWithItsSources() throws IOException {
    Path config = folder.resolve("w.json");
    Files.writeString(config, "{\"name\": \"w\", \"rank\": 1}");

    assertThat(run("config", "--effective", "--config", config.toString(), "--set", "cluster.port=0")).isZero();
    assertThat(out.toString().lines()).anyMatch(line -> line.matches("rank +1 +" + config))
        .anyMatch(line -> line.matches("worldSize +none +default"))
        .anyMatch(line -> line.matches("cluster.port +0 +override \"cluster.port=0\""));

    out.getBuffer().setLength(0);
    assertThat(run("config", "--effective", "--json")).isZero();
    assertThat(new JsonObject(out.toString()).getJsonObject("limits.maxDepth"))
        .isEqualTo(new JsonObject().put("value", 200).put("source", "default"));
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void printsTheStackTraceOnlyWhenAsked() {
    assertThat(run("worker", "--config", "no-such.json")).isEqualTo(2);
    assertThat(err.toString()).containsOnlyOnce("\n").contains("no-such.json");

    assertThat(run("worker", "-v", "--config", "no-such.json")).isEqualTo(2);
    assertThat(err.toString()).contains("\tat dev.vertxrpc.config");
  }
}
