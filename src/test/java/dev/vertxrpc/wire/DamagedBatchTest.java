package dev.vertxrpc.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.vertx.core.buffer.Buffer;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Nothing that arrives can throw, reserve memory that is not there, or lose a handle that can be read. */
class DamagedBatchTest {
  private static final int BATCHES = 120_000;
  private static final int HEADER_BYTES = Batch.HEADER_BYTES;
  private static final int[] EXTREMES = {0, -1, Integer.MAX_VALUE, Integer.MIN_VALUE, 1 << 20, 0x7fffff};

  private static final ThreadMXBean MEMORY = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  @Test
  void readsAnyBytesWithoutThrowingOrReservingMuch() {
    long seed = seed();
    Random random = new Random(seed);
    RandomFrames frames = new RandomFrames(seed);

    for (int i = 0; i < BATCHES; i++) {
      Buffer bytes = i % 4 == 0 ? noise(random) : mutated(frames, random);

      long reserved = reservedBy(() -> new Batch(bytes).forEach(frame -> { }, (reason, forks) -> { }));

      assertThat(reserved).as("bytes reserved for %d, seed %d, batch %d", bytes.length(), seed, i)
          .isLessThan(100_000 + 200L * bytes.length());
    }
  }

  @Test
  void readsWhatTheBusHandsItWithoutThrowing() {
    long seed = seed();
    Random random = new Random(seed);
    BatchCodec codec = new BatchCodec();

    for (int i = 0; i < 20_000; i++) {
      Buffer wire = noise(random);
      int position = random.nextInt(wire.length() + 1);

      Batch batch = codec.decodeFromWire(position, wire);

      batch.forEach(frame -> { }, (reason, forks) -> { });
      assertThat(batch.length()).as("seed %d, batch %d", seed, i).isLessThanOrEqualTo(wire.length());
    }
  }

  @Test
  void reservesLittleForErrorsThatClaimToHoldMany() {
    int size = 1 << 20;
    Buffer body = Buffer.buffer().appendByte(FrameType.FAILURE.code()).appendByte((byte) 1).appendInt(8).appendInt(0)
        .appendByte((byte) 1).appendByte((byte) 1);
    // Each says that all of the rest are errors that it suppressed.
    for (int depth = 0; depth < 40; depth++) {
      body.appendInt(0).appendInt(0).appendInt(0).appendByte((byte) 0).appendInt(size - body.length() - 17);
    }
    body.appendBytes(new byte[size - body.length()]);
    Batch batch = new Batch(Peer.header(7, 1, 1).appendInt(size).appendBuffer(body));

    long reserved = reservedBy(() -> batch.forEach(frame -> { }, (reason, forks) -> { }));

    assertThat(reserved).isLessThan(10L * size);
  }

  @Test
  void reportsTheForksOfAFrameThatIsDamagedBehindThem() {
    long seed = seed();
    Random random = new Random(seed);
    RandomFrames frames = new RandomFrames(seed);
    FrameType[] carriers = {FrameType.CALL, FrameType.RESULT, FrameType.CONTRIBUTION, FrameType.OUTCOME};

    for (int i = 0; i < 5_000; i++) {
      Frame frame = frames.of(carriers[i % carriers.length]);
      Buffer whole = FrameCodecTest.bytes(List.of(frame));
      int intact = HEADER_BYTES + Integer.BYTES + 1 + forkSectionBytes(frame);
      Buffer cut = whole.getBuffer(0, intact + random.nextInt(whole.length() - intact));
      cut.setInt(HEADER_BYTES, cut.length() - HEADER_BYTES - Integer.BYTES);
      List<Fork> reported = new ArrayList<>();
      List<Frame> read = new ArrayList<>();
      cut.appendInt(1).appendByte(FrameType.WELCOME.code());

      new Batch(cut).forEach(read::add, (reason, forks) -> reported.addAll(forks));

      assertThat(read).as("seed %d, frame %d", seed, i).containsExactly(new Frame.Welcome());
      assertThat(reported).as("seed %d, frame %d", seed, i).isEqualTo(frame.forks());
    }
  }

  @Test
  void refusesFlagsThatItDoesNotKnowAndReportsTheForks() {
    Fork fork = new Fork(new RefId(1, 2), new ForkId(3, 4), 5, 6);
    Frame.Result result = new Frame.Result(1, List.of(fork), Payload.of(Buffer.buffer("x")));
    Buffer bytes = FrameCodecTest.bytes(List.of(result));
    int flags = HEADER_BYTES + Integer.BYTES + 1;
    bytes.setByte(flags, (byte) (bytes.getByte(flags) | 0x84));
    List<String> refusals = new ArrayList<>();

    new Batch(bytes).forEach(frame -> { }, (reason, forks) -> refusals.add(reason + " " + forks));

    assertThat(refusals).containsExactly("a RESULT with the flags 10000101, of which this version does not know"
        + " 10000100 " + List.of(fork));
  }

  @Test
  void refusesANumberThatDoesNotEnd() {
    Buffer body = Buffer.buffer().appendByte(FrameType.CANCEL.code()).appendLong(-1).appendLong(-1);
    Batch batch = new Batch(Peer.header(7, 1, 1).appendInt(body.length()).appendBuffer(body));
    List<String> refusals = new ArrayList<>();

    batch.forEach(frame -> { }, (reason, forks) -> refusals.add(reason));

    assertThat(refusals).containsExactly("a number that does not end within 10 bytes");
  }

  /** CALL and RESULT say by a flag whether they have one. */
  private static int forkSectionBytes(Frame frame) {
    int bytes = Integer.BYTES + 48 * frame.forks().size();
    boolean hasFlags = frame instanceof Frame.Call || frame instanceof Frame.Result;
    return !hasFlags ? bytes : frame.forks().isEmpty() ? 1 : 1 + bytes;
  }

  private static long seed() {
    long seed = Long.getLong("seed", System.nanoTime());
    System.out.println("DamagedBatchTest: -Dseed=" + seed);
    return seed;
  }

  private static long reservedBy(Runnable work) {
    long before = MEMORY.getThreadAllocatedBytes(Thread.currentThread().getId());
    work.run();
    return MEMORY.getThreadAllocatedBytes(Thread.currentThread().getId()) - before;
  }

  private static Buffer noise(Random random) {
    byte[] bytes = new byte[random.nextInt(200)];
    random.nextBytes(bytes);
    Buffer noise = Buffer.buffer(bytes);
    if (bytes.length > HEADER_BYTES + Integer.BYTES) {
      noise.setInt(HEADER_BYTES, random.nextInt(bytes.length));
      noise.setByte(HEADER_BYTES + Integer.BYTES, (byte) random.nextInt(32));
    }
    return noise;
  }

  private static Buffer mutated(RandomFrames frames, Random random) {
    Buffer bytes = FrameCodecTest.bytes(List.of(frames.next(), frames.next(), frames.next()));
    for (int left = 1 + random.nextInt(4); left > 0; left--) {
      int at = random.nextInt(bytes.length() - Integer.BYTES);
      switch (random.nextInt(5)) {
        case 0 -> bytes.setByte(at, (byte) random.nextInt());
        case 1 -> bytes.setByte(at, (byte) (bytes.getByte(at) ^ 1 << random.nextInt(8)));
        case 2 -> bytes.setInt(at, EXTREMES[random.nextInt(EXTREMES.length)]);
        case 3 -> bytes.setInt(at, random.nextInt(64));
        default -> bytes = bytes.getBuffer(0, Math.max(HEADER_BYTES + Integer.BYTES, at));
      }
    }
    return bytes;
  }
}
