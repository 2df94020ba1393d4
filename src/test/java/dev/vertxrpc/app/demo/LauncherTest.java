package dev.vertxrpc.app.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vertxrpc.app.launch.Conf;
import dev.vertxrpc.app.launch.JavaCommand;
import io.vertx.core.json.JsonObject;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LauncherTest {
  private static final Job JOB = new Job(2, 9, 8, 0.5, Optional.of(Path.of("/a b.gz")));

  private final List<JsonObject> events = new CopyOnWriteArrayList<>();
  private final StringWriter err = new StringWriter();

  @AfterEach
  void leavesNoProcessBehind() {
    assertThat(ProcessHandle.current().children().filter(ProcessHandle::isAlive)).isEmpty();
  }

  @Test
  void startsEveryWorkerFromItsFile() throws Exception {
    launch(4);

    String server = arguments("server");
    String seed = server.replaceAll(".*--set cluster.members=\\[\"(127.0.0.1:\\d+)\"].*", "$1");
    assertThat(server).endsWith("conf/digits-server.json --set worldSize=5 --set cluster.members=[\"" + seed
        + "\"] --set cluster.port=" + seed.substring(10));
    assertThat(arguments("trainer-1"))
        .contains("conf/digits-trainer1.json --set worldSize=5 --set cluster.members=[\"" + seed + "\"]")
        .contains("verticles.0.config.epochs=2", "verticles.0.config.data=\"/a b.gz\"")
        .contains("name=trainer-1", "rank=2");
    assertThat(arguments("trainer-3")).contains("conf/digits-trainer0.json", "name=trainer-3", "rank=4");
  }

  @Test
  void passesOnWhatIsNoEvent() throws Exception {
    launch(1);

    assertThat(err.toString()).contains("trainer-0: not an event");
  }

  @Test
  void namesTheWorkerThatFailedAndWaitsForTheOthers() {
    assertThatThrownBy(() -> launch(2, "trainer-1=fail"))
        .hasMessageMatching("trainer-1 \\(process \\d+\\) ended with exit status 3");

    assertThat(events).extracting(event -> event.getString("event"))
        .containsExactlyInAnyOrder(Events.ENDED, Events.ENDED, Events.ENDED, Events.EPOCH);
    assertThat(err.toString()).contains("trainer-1: cannot go on");
  }

  @Test
  void killsWhatDoesNotEndByItselfAfterAFailure() {
    assertThatThrownBy(() -> launch(2, "trainer-0=fail", "trainer-1=hang", "server=untilEof"))
        .hasMessageMatching("trainer-0 .* exit status 3; 2 others did not end by themselves and were killed");
  }

  @Test
  void endsTheOthersAtOnceWhenOneFailsBeforeTheTraining() {
    Duration grace = Duration.ofSeconds(30);

    assertThatThrownBy(() -> launch(grace, 2, "trainer-0=failEarly", "trainer-1=hang", "server=untilEof"))
        .hasMessageMatching("trainer-0 \\(process \\d+\\) ended with exit status 3");
  }

  private void launch(int trainers, String... fakes) throws Exception {
    launch(Duration.ofSeconds(2), trainers, fakes);
  }

  private void launch(Duration grace, int trainers, String... fakes) throws Exception {
    JavaCommand like = JavaCommand.like(FakeWorker.class);
    List<String> start = Stream.concat(Stream.of(like.start().get(0), "-XX:TieredStopAtLevel=1"),
        Stream.of(fakes).map(fake -> "-Dfake." + fake)).toList();
    new Launcher(new JavaCommand(start, like.program()), Conf.find(Launcher.class), grace,
        events::add, new PrintWriter(err)).run(JOB, trainers);
  }

  private String arguments(String worker) {
    return events.stream().filter(event -> event.getString("worker").equals(worker)).findFirst().orElseThrow()
        .getString("arguments");
  }
}
