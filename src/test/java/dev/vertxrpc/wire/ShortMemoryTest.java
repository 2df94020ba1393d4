package dev.vertxrpc.wire;

import static dev.vertxrpc.testing.TestGroup.get;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxrpc.WorkerInfo;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Memory that runs out while frames are read: whoever waits hears of it, and everybody else is served on. */
@DisabledOnOs(OS.WINDOWS)
class ShortMemoryTest {
  /** More than tests have. A file of so many zeros takes no room. */
  private static final int TOO_MUCH = 2_000_000_000;
  private static final int AT = ArenaLayout.HEAD_BYTES + ArenaLayout.WORD_BYTES;
  private static final String NAME = "vertx-rpc-0123456789abcdef-0123456789abcdef.lane";

  @TempDir
  Path directory;
  private Beside beside;
  private Peer third;

  @BeforeEach
  void begin() throws Exception {
    assertThat(Runtime.getRuntime().maxMemory()).as("the heap").isLessThan(TOO_MUCH);
    beside = Beside.sharing(directory);
    third = beside.third();
    offer();
  }

  /** Frame 1 of a, and the answer to it. */
  private void offer() throws IOException, InterruptedException {
    ArenaLayout layout = new ArenaLayout(1, 2, Integer.MAX_VALUE);
    try (RandomAccessFile file = new RandomAccessFile(directory.resolve(NAME).toFile(), "rw")) {
      file.write(layout.head());
      file.setLength(layout.bytes());
    }
    beside.a.endpoint.send(beside.b.self, new Frame.Offer(NAME, 1, 2, layout.bytes()));
    assertThat(beside.answers.poll(20, TimeUnit.SECONDS)).isEqualTo(new Frame.Opened(Optional.empty()));
  }

  @AfterEach
  void close() {
    get(third.endpoint.close());
    beside.close();
  }

  @Test
  void ofWhatHasToBeCopiedAsItIsRead() throws InterruptedException {
    Batch batch = beside.batch(2);
    batch.add(new Frame.Result(1, List.of(), Payload.of(Buffer.buffer("body"))), body -> tooMuch());

    beside.write(batch);

    assertThat(beside.b.loss()).isEqualTo("a PROTOCOL it has sent what cannot be read: Java heap space");
    assertThat(beside.a.loss()).isEqualTo("b PROTOCOL b cannot read it: Java heap space");
    assertServesOn();
  }

  @Test
  void ofWhatHasToBeKeptBehindAFrameThatWaits() throws InterruptedException {
    Batch batch = beside.batch(2);
    Payload value = new Payload(Buffer.buffer(), List.of(Buffer.buffer("too much")));
    batch.add(ChunkTest.outcome(), bulk -> bulk.length() > 4 ? tooMuch() : ChunkTest.numbered(bulk));
    batch.add(new Frame.Result(1, List.of(), value));
    batch.add(Peer.frame(5));

    beside.write(batch);

    String why = "there is no memory for what a RESULT brings";
    assertThat(beside.b.loss()).isEqualTo("a PROTOCOL it has sent what cannot be read: " + why);
    assertThat(beside.a.loss()).isEqualTo("b PROTOCOL b cannot read it: " + why);
    assertThat(beside.b.dropped).contains(why, "FETCH from a worker that is gone");
    assertServesOn();
  }

  @Test
  void ofWhatComesInChunks() throws InterruptedException {
    LinkedBlockingQueue<String> told = new LinkedBlockingQueue<>();
    beside.b.endpoint.receive(FrameType.RESULT, (WorkerInfo from, Frame.Result result) ->
        result.value().whenThere(told::add));
    Batch batch = beside.batch(2);
    batch.add(new Frame.Result(1, List.of(), Payload.of(Buffer.buffer("body"))), bulk ->
        new Spot.Numbered(1, TOO_MUCH));
    batch.add(new Frame.Chunk(1, TOO_MUCH, 0, Buffer.buffer("some of it")));
    batch.add(new Frame.Chunk(1, TOO_MUCH, 10, Buffer.buffer("and some more")));
    batch.add(Peer.frame(5));

    beside.write(batch);

    assertThat(told.poll(20, TimeUnit.SECONDS)).isEqualTo("there is no memory for its 2000000000 bytes");
    assertThat(beside.nextNumber()).isEqualTo(5);
    assertServesOn();
  }

  private static Spot tooMuch() {
    return new Arena.Place(AT, TOO_MUCH);
  }

  private void assertServesOn() throws InterruptedException {
    third.send(beside.b, 7);
    assertThat(beside.nextNumber()).isEqualTo(7);
  }
}
