package dev.vertxrpc.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxrpc.RpcFailure;
import dev.vertxrpc.WorkerInfo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What is left of the memory that was shared with a peer when that is lost: nothing, although its link is kept. */
@EnabledOnOs(OS.LINUX)
class ArenaOfLostPeerTest {
  private static final int LARGE = 200_000;
  private static final int MOST_ATTEMPTS = 1_000;

  @TempDir
  Path directory;
  private final LinkedBlockingQueue<Payload> held = new LinkedBlockingQueue<>();
  private final LinkedBlockingQueue<Frame.Offer> offers = new LinkedBlockingQueue<>();
  private Beside beside;

  @BeforeEach
  void begin() {
    beside = Beside.sharing(directory);
    beside.b.endpoint.receive(FrameType.RESULT, (WorkerInfo from, Frame.Result result) -> {
      // Its receiver never gives it back.
      result.value().hold();
      held.add(result.value());
    });
  }

  @AfterEach
  void close() {
    beside.close();
  }

  @Test
  void isGivenBackWhereLargeValuesWereUnderWay() throws Exception {
    for (int i = 0; i < MOST_ATTEMPTS && beside.a.endpoint.lanes().open() == 0; i++) {
      send();
      next();
    }
    assertThat(mappings()).hasSize(2);
    send();
    assertThat(next().isLent()).isTrue();
    assertThat(beside.a.endpoint.lanes().bytes()).isGreaterThanOrEqualTo(LARGE);

    for (int i = 0; i < 3; i++) {
      send();
    }
    lose();
    beside.b.endpoint.gone(beside.a.self, RpcFailure.WORKER_LOST, "a test");

    assertNothingLeft();
  }

  @Test
  void isGivenBackWhereThePeerHasNotOpenedIt() throws Exception {
    beside.b.endpoint.receive(FrameType.OFFER, (WorkerInfo from, Frame.Offer offer) -> offers.add(offer));
    send();
    Frame.Offer offer = offers.poll(20, TimeUnit.SECONDS);
    assertThat(directory.resolve(offer.name())).exists();
    assertThat(mappings()).hasSize(1);

    lose();

    assertNothingLeft();
  }

  private void send() {
    beside.send(1, LARGE);
  }

  private Payload next() throws InterruptedException {
    return held.poll(20, TimeUnit.SECONDS);
  }

  private void lose() {
    beside.a.endpoint.gone(beside.b.self, RpcFailure.WORKER_LOST, "a test");
  }

  private void assertNothingLeft() throws Exception {
    assertThat(beside.a.endpoint.lanes().bytes()).isZero();
    assertThat(directory).isEmptyDirectory();
    // Memory goes when nobody refers to it.
    for (int i = 0; i < MOST_ATTEMPTS && !mappings().isEmpty(); i++) {
      held.clear();
      System.gc();
    }
    assertThat(mappings()).isEmpty();
    assertThat(beside.a.endpoint.find(beside.b.self.incarnation())).as("the link").isNotNull();
  }

  /** The files of lanes that this process has in its memory. */
  private List<String> mappings() throws IOException {
    return Files.readAllLines(Path.of("/proc/self/maps")).stream()
        .filter(line -> line.contains(directory.toString())).toList();
  }
}
