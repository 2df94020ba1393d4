package dev.vertxrpc.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.vertxrpc.RpcFailure;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FrameCodecTest {
  private static final int ROUNDS = 500;

  @ParameterizedTest
  @EnumSource(FrameType.class)
  void readsEveryTypeAsItWasWritten(FrameType type) {
    long seed = System.nanoTime();
    RandomFrames frames = new RandomFrames(seed);

    for (int i = 0; i < ROUNDS; i++) {
      Frame frame = frames.of(type);

      assertThat(read(batch(List.of(frame)))).as("seed %d, frame %d", seed, i).containsExactly(frame);
    }
  }

  @Test
  void readsManyFramesOfOneBatchInTheirOrder() {
    long seed = System.nanoTime();
    RandomFrames random = new RandomFrames(seed);
    List<Frame> frames = Stream.generate(random::next).limit(3_000).toList();

    Batch batch = batch(frames);

    assertThat(read(batch)).as("seed %d", seed).isEqualTo(frames);
    assertThat(batch.sender()).isEqualTo(7);
    assertThat(batch.isFull()).isTrue();
  }

  @Test
  void findsNothingInAnEmptyBatch() {
    assertThat(read(Batch.from(7, 1, 0))).isEmpty();
    assertThat(read(new Batch(Buffer.buffer()))).isEmpty();
    assertThat(new Batch(Buffer.buffer()).sender()).isZero();
  }

  @Test
  void passesOverKnownFramesWithoutReadingTheirBulk() {
    Batch batch = Batch.from(7, 1, 0);
    for (int i = 1; i <= 3; i++) {
      batch.add(new Frame.Result(i, List.of(), Payload.of(Buffer.buffer("x"))), bulk -> new Arena.Place(8192, 1));
    }
    List<Long> calls = new ArrayList<>();
    List<Integer> read = new ArrayList<>();

    batch.forEach(2, Heard.NOTHING, (at, length) -> {
      read.add(at);
      return Buffer.buffer("y");
    }, frame -> calls.add(((Frame.Result) frame).callId()), (reason, forks) -> fail(reason));

    assertThat(calls).containsExactly(3L);
    assertThat(read).containsExactly(8192);
  }

  @Test
  void keepsTheNumbersOfTheTypes() {
    List<String> numbers = Arrays.stream(FrameType.values()).map(type -> type + " " + type.code()).toList();

    assertThat(numbers).containsExactly("HELLO 1", "WELCOME 2", "GOODBYE 3", "CALL 10", "FETCH 11", "RESULT 12",
        "FAILURE 13", "CANCEL 14", "DESCRIBE 15", "REGISTER 20", "REGISTERED 21", "ACCEPT 22", "RELEASE 23",
        "HEARTBEAT 24", "RECOUNT 25", "CONTRIBUTION 30", "OUTCOME 31", "TAKEN 32", "RECALL 33",
        "COMBINE 34", "PARTIAL 35", "COMBINED 36", "OFFER 40", "OPENED 41", "INVITE 42", "CHUNK 43");
  }

  @Test
  void keepsTheNumbersOfTheFailures() {
    List<String> numbers =
        Arrays.stream(RpcFailure.values()).map(failure -> failure + " " + failure.code()).toList();

    assertThat(numbers).containsExactly("OTHER 0", "TIMEOUT 1", "CANCELLED 2", "NO_SUCH_WORKER 3", "WORKER_LOST 4",
        "WORKER_LEFT 5", "NO_SUCH_FUNCTION 6", "NOT_EXPOSED 7", "REMOTE 8", "CODEC 9", "OVERLOADED 10",
        "REF_RELEASED 11", "OWNER_LOST 12", "COLLECTIVE 13", "PROTOCOL 14", "NOT_JOINED 15");
  }

  @Test
  void readsAFailureOfANewerVersionAsProtocol() {
    Buffer bytes = bytes(List.of(new Frame.Goodbye(RpcFailure.TIMEOUT, "bye")));
    // Behind the header, the length and the type.
    bytes.setInt(Batch.HEADER_BYTES + Integer.BYTES + 1, 4711);

    assertThat(read(new Batch(bytes))).containsExactly(new Frame.Goodbye(RpcFailure.PROTOCOL, "bye"));
  }

  @Test
  void skipsATypeOfANewerVersionAndReadsOn() {
    Buffer bytes = bytes(List.of(new Frame.Welcome(), new Frame.Welcome()));
    bytes.setByte(Batch.HEADER_BYTES + Integer.BYTES, (byte) 99);
    List<String> damages = new ArrayList<>();
    List<Frame> frames = new ArrayList<>();

    new Batch(bytes).forEach(frames::add, (reason, forks) -> damages.add(reason));

    assertThat(frames).containsExactly(new Frame.Welcome());
    assertThat(damages).containsExactly("frame type 99 is not known to this version");
  }

  static Batch batch(List<Frame> frames) {
    Batch batch = Batch.from(7, 1, 0);
    frames.forEach(batch::add);
    return batch;
  }

  /** The same, as it travels. */
  static Buffer bytes(List<Frame> frames) {
    Buffer bytes = Buffer.buffer();
    batch(frames).writeTo(bytes);
    return bytes;
  }

  static List<Frame> read(Batch batch) {
    List<Frame> frames = new ArrayList<>();
    batch.forEach(frames::add, (reason, forks) -> fail(reason));
    return frames;
  }
}
