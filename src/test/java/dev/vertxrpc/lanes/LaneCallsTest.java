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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Calls whose values lie in lanes, between two Vert.x instances of this process. */
@EnabledOnOs(OS.LINUX)
class LaneCallsTest {
  private static final int LENGTH = 100_000;
  private static final int MOST_ECHOES = 1_000;

  private final TestGroup group = TestGroup.clustered(2);
  private final RemoteWorker there = group.rpc(0).on("w1");

  @BeforeEach
  void openLanes() {
    awaitLane(0);
    awaitLane(1);
    group.eventually("they are empty", () -> laneBytes(0) == 0 && laneBytes(1) == 0);
  }

  /** Arguments are put there before {@code call} returns, if there is a lane. One echo at a time: the bus is slow. */
  private void awaitLane(int rank) {
    for (int i = 0; i < MOST_ECHOES; i++) {
      Future<float[]> echo = group.rpc(rank).on("w" + (1 - rank)).call(LaneOps::echo, floats(7));
      boolean isThere = laneBytes(rank) > 0;
      get(echo);
      if (isThere) {
        return;
      }
    }
    throw new AssertionError("w" + rank + " has no lane");
  }

  private long laneBytes(int rank) {
    return group.worker(rank).debugInfo().getLong("laneBytes");
  }

  @AfterEach
  void close() {
    group.eventually("nothing lies in lanes", () -> laneBytes(0) == 0 && laneBytes(1) == 0);
    group.close();
  }

  @Test
  void copyWhatWaitsForItsObject() {
    String gate = Gates.name();
    try (RRef<LaneOps.Scale> scale = there.remote(LaneOps::scaleAfter, gate)) {
      List<Future<Integer>> hashes = new ArrayList<>();
      for (int i = 0; i < 5; i++) {
        hashes.add(scale.call(LaneOps.Scale::hash, floats(i)));
      }
      // What waits is not in the lane any more, and is not overwritten by what takes all places there were.
      group.eventually("it has been copied out", () -> laneBytes(0) == 0);
      List<Future<float[]>> echoes = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        echoes.add(there.call(LaneOps::echo, floats(100 + i)));
      }
      for (int i = 0; i < 20; i++) {
        assertThat(get(echoes.get(i))).isEqualTo(floats(100 + i));
      }
      Gates.open(gate);
      for (int i = 0; i < 5; i++) {
        assertThat(get(hashes.get(i))).isEqualTo(Arrays.hashCode(floats(i)));
      }
    }
  }

  @Test
  void takeBackWhatIsNotSent() {
    Future<float[]> cancelled = there.with(CallOptions.create().withCancelOn(Future.succeededFuture()))
        .call(LaneOps::echo, floats(1));
    assertThat(RpcFailure.of(TestGroup.failure(cancelled))).isEqualTo(RpcFailure.CANCELLED);
    Future<Void> broken = there.call(LaneOps::take, new LaneOps.Broken(floats(2), new LaneOps.Throwing()));
    assertThat(RpcFailure.of(TestGroup.failure(broken))).isEqualTo(RpcFailure.CODEC);

    assertThat(laneBytes(0)).isZero();
  }

  @Test
  void takeBackAResultThatCannotBeSent() {
    Future<LaneOps.Broken> broken = there.call(LaneOps::broken, LENGTH);
    assertThat(RpcFailure.of(TestGroup.failure(broken))).isEqualTo(RpcFailure.CODEC);

    assertThat(laneBytes(1)).isZero();
  }

  @Test
  void bringValuesThatAreKept() {
    try (RRef<float[]> made = there.remote(LaneOps::made, LENGTH)) {
      assertThat(get(made.toHere())).isEqualTo(LaneOps.made(LENGTH));
    }
  }

  @Test
  void bringTheValuesOfRounds() {
    List<Future<Map<String, float[]>>> rounds = new ArrayList<>();
    for (int rank = 0; rank < 2; rank++) {
      rounds.add(group.rpc(rank).collectives().of(float[].class).allGather(floats(rank)));
    }
    for (Future<Map<String, float[]>> round : rounds) {
      assertThat(get(round).get("w0")).isEqualTo(floats(0));
      assertThat(get(round).get("w1")).isEqualTo(floats(1));
    }
  }

  private static float[] floats(int value) {
    float[] floats = new float[LENGTH];
    Arrays.fill(floats, value);
    return floats;
  }
}
