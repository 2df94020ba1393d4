package dev.vertxrpc.lanes;

import static dev.vertxrpc.testing.Eventually.eventually;
import static dev.vertxrpc.testing.TestGroup.get;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxrpc.RemoteWorker;
import dev.vertxrpc.RpcException;
import dev.vertxrpc.RpcFailure;
import dev.vertxrpc.config.RpcConfig;
import dev.vertxrpc.runtime.RpcWorker;
import dev.vertxrpc.testing.TestGroup;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Large values between two processes, by each way; one of the two is killed, or has little memory. */
@EnabledOnOs(OS.LINUX)
class LaneKillsTest {
  private static final int MIB = 1024 * 1024;
  /** More with {@code -Dkills=N}. */
  private static final int KILLS = Integer.getInteger("kills", 2);
  private static final Random RANDOM = seeded();

  private final int port = TestGroup.freePort();
  private RpcWorker worker;

  private void begin(String lane) {
    worker = RpcWorker.create(RpcConfig.from(config("parent", lane, port)));
    get(worker.join());
  }

  @AfterEach
  void close() {
    eventually("nothing is under way", () -> worker.debugInfo().getLong("laneBytes") == 0);
    get(worker.leave());
  }

  @ParameterizedTest
  @ValueSource(strings = {"shm", "tcp", "bus"})
  void neitherHangsNorBringsWrongBytesWhenAProcessIsKilled(String lane) throws Exception {
    begin(lane);
    for (int kill = 0; kill < KILLS; kill++) {
      String name = "victim" + kill;
      List<Future<float[]>> echoes = new ArrayList<>();
      List<float[]> sent = new ArrayList<>();
      try (LaneChild child = LaneChild.start(config(name, lane, 0))) {
        RemoteWorker victim = worker.rpc().on(name);
        // So that some die before there is a lane, some while it is made, some in the middle of transfers.
        int calls = 1 + RANDOM.nextInt(30);
        int answered = RANDOM.nextInt(calls);
        for (int i = 0; i < calls; i++) {
          sent.add(floats(100_000 + RANDOM.nextInt(6 * MIB)));
          echoes.add(victim.call(LaneOps::echo, sent.get(i)));
        }
        eventually("some were answered", () -> echoes.stream().filter(Future::isComplete).count() >= answered);
        LockSupport.parkNanos(RANDOM.nextInt(20_000_000));
        child.kill();
      }
      for (int i = 0; i < echoes.size(); i++) {
        Future<float[]> echo = echoes.get(i);
        eventually("it has ended", echo::isComplete);
        if (echo.succeeded()) {
          assertThat(Arrays.equals(echo.result(), sent.get(i))).isTrue();
        } else {
          assertThat(((RpcException) echo.cause()).failure()).isEqualTo(RpcFailure.WORKER_LOST);
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"shm", "tcp", "bus"})
  void takesNoMoreMemoryThanTheValueAndOneCopy(String lane) throws IOException {
    begin(lane);
    // The process itself takes some 40 MiB; three times the value would be too much.
    try (LaneChild child = LaneChild.start(config("small", lane, 0), "-Xmx224m", "-XX:MaxDirectMemorySize=32m")) {
      RemoteWorker small = worker.rpc().on("small");
      for (int i = 0; i < 5; i++) {
        float[] sent = floats(64 * MIB);
        assertThat(Arrays.equals(get(small.call(LaneOps::echo, sent)), sent)).isTrue();
      }
      assertThat(child.isAlive()).isTrue();
    }
  }

  private static float[] floats(int bytes) {
    float[] floats = new float[bytes / Float.BYTES];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = RANDOM.nextFloat();
    }
    return floats;
  }

  private JsonObject config(String name, String lane, int ownPort) {
    return new JsonObject().put("name", name).put("group", "kills").put("lane", lane).put("cluster", new JsonObject()
        .put("name", "kills-" + port).put("port", ownPort).put("members", new JsonArray().add("127.0.0.1:" + port)));
  }

  private static Random seeded() {
    long seed = System.nanoTime();
    System.out.println("seed " + seed);
    return new Random(seed);
  }
}
