package dev.vertxrpc.lanes;

import static dev.vertxrpc.testing.TestGroup.get;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxrpc.CallOptions;
import dev.vertxrpc.RRef;
import dev.vertxrpc.RemoteWorker;
import dev.vertxrpc.RpcFailure;
import dev.vertxrpc.testing.Gates;
import dev.vertxrpc.testing.TestGroup;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Calls whose values come beside their frames, in sockets or in chunks, between two Vert.x instances. */
class BesideCallsTest {
  private static final int MIB = 1024 * 1024;
  private static final Random RANDOM = seeded();

  private TestGroup group;
  private RemoteWorker there;

  private static Random seeded() {
    long seed = System.nanoTime();
    System.out.println("seed " + seed);
    return new Random(seed);
  }

  @BeforeEach
  void forget() {
    LaneOps.NOTED.clear();
  }

  private void begin(String lane) {
    group = TestGroup.clustered(2, new JsonObject().put("lane", lane));
    there = group.rpc(0).on("w1");
    // From the second on there is a socket, if there is to be one.
    for (int i = 0; i < 10; i++) {
      assertEchoes(MIB);
    }
  }

  @AfterEach
  void close() {
    group.eventually("nothing is under way", () -> laneBytes(0) == 0 && laneBytes(1) == 0);
    group.close();
  }

  private long laneBytes(int rank) {
    return group.worker(rank).debugInfo().getLong("laneBytes");
  }

  private void assertEchoes(int bytes) {
    float[] sent = floats(bytes);
    assertThat(Arrays.equals(get(there.call(LaneOps::echo, sent)), sent)).as(bytes + " bytes").isTrue();
  }

  private static float[] floats(int bytes) {
    float[] floats = new float[bytes / Float.BYTES];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = RANDOM.nextFloat();
    }
    return floats;
  }

  @ParameterizedTest
  @ValueSource(strings = {"tcp", "bus"})
  void bringWhatWasSent(String lane) {
    begin(lane);

    assertEchoes(64 * MIB);
    List<float[]> sent = new ArrayList<>();
    List<Future<float[]>> echoes = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      sent.add(floats(1 + RANDOM.nextInt(3 * MIB)));
      echoes.add(there.call(LaneOps::echo, sent.get(i)));
    }
    for (int i = 0; i < 40; i++) {
      assertThat(Arrays.equals(get(echoes.get(i)), sent.get(i))).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"tcp", "bus"})
  void startInTheirOrderWhateverIsThereFirst(String lane) {
    begin(lane);
    List<Future<Integer>> hashes = new ArrayList<>();
    List<float[]> sent = new ArrayList<>();

    for (int i = 0; i < 30; i++) {
      sent.add(floats(i % 3 == 0 ? 5 * MIB : 100));
      hashes.add(there.call(LaneOps::note, i, sent.get(i)));
    }

    for (int i = 0; i < 30; i++) {
      assertThat(get(hashes.get(i))).isEqualTo(Arrays.hashCode(sent.get(i)));
    }
    assertThat(LaneOps.NOTED).containsExactlyElementsOf(IntStream.range(0, 30).boxed().toList());
  }

  @ParameterizedTest
  @ValueSource(strings = {"tcp", "bus"})
  void takeTurnsInTheirOrderWhateverIsThereFirst(String lane) {
    begin(lane);
    String gate = Gates.name();
    Gates.open(gate);
    List<Future<Integer>> hashes = new ArrayList<>();
    try (RRef<LaneOps.Scale> scale = there.remote(LaneOps::scaleAfter, gate)) {
      for (int i = 0; i < 20; i++) {
        hashes.add(scale.call(LaneOps.Scale::note, i, floats(i % 3 == 0 ? 3 * MIB : 100)));
      }
      hashes.forEach(TestGroup::get);
    }

    assertThat(LaneOps.NOTED).containsExactlyElementsOf(IntStream.range(0, 20).boxed().toList());
  }

  @ParameterizedTest
  @ValueSource(strings = {"tcp", "bus"})
  void bringTheValuesOfRounds(String lane) {
    begin(lane);
    for (int i = 0; i < 5; i++) {
      List<float[]> sent = List.of(floats(4 * MIB), floats(i % 2 == 0 ? 3 * MIB : 100));
      List<Future<Map<String, float[]>>> rounds = IntStream.range(0, 2).mapToObj(rank ->
          group.rpc(rank).collectives().of(float[].class).allGather(sent.get(rank))).toList();
      for (Future<Map<String, float[]>> round : rounds) {
        assertThat(Arrays.equals(get(round).get("w0"), sent.get(0))).isTrue();
        assertThat(Arrays.equals(get(round).get("w1"), sent.get(1))).isTrue();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"tcp", "bus"})
  void leaveNothingWhereTheyAreGivenUpMeanwhile(String lane) {
    begin(lane);
    List<Future<float[]>> echoes = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      echoes.add(there.with(CallOptions.create().withTimeout(Duration.ofMillis(1 + 5 * i)))
          .call(LaneOps::echo, floats(4 * MIB)));
    }

    for (Future<float[]> echo : echoes) {
      group.eventually("it has ended", echo::isComplete);
      assertThat(echo.succeeded() || RpcFailure.of(echo.cause()) == RpcFailure.TIMEOUT).isTrue();
    }
    assertEchoes(4 * MIB);
  }
}
