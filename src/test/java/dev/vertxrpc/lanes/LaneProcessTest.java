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
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Large values between two processes. */
@EnabledOnOs(OS.LINUX)
class LaneProcessTest {
  private static final int MIB = 1024 * 1024;
  private static final int KILLS = 3;
  private static final int PORT = TestGroup.freePort();
  private static final Random RANDOM = seeded();
  /** Of whatever else runs on this machine. */
  private static final List<String> FOREIGN = files();
  private static RpcWorker worker;

  @BeforeAll
  static void open() {
    RpcConfig config = RpcConfig.from(config("parent", PORT));
    worker = RpcWorker.create(config);
    get(worker.join());
  }

  @AfterAll
  static void close() {
    get(worker.leave());
    eventually("no file is left", () -> names().isEmpty());
  }

  @Test
  void echoesLargeArraysThroughSharedMemory() throws IOException {
    try (LaneChild child = LaneChild.start(config("echo", 0))) {
      RemoteWorker echo = worker.rpc().on("echo");
      eventually("there is a lane each way", () -> {
        assertEchoes(echo, MIB);
        return lanes(child.pid()) == 2;
      });
      for (int size : new int[] {MIB, 16 * MIB, 64 * MIB, 5 * MIB + 4}) {
        assertEchoes(echo, size);
      }
      eventually("the files have no names", () -> names().isEmpty());
      assertNothingLeftThere();
    }
  }

  @Test
  void takesEveryKindOfLargeValue() throws IOException {
    try (LaneChild child = LaneChild.start(config("kinds", 0))) {
      RemoteWorker kinds = worker.rpc().on("kinds");
      eventually("there is a lane each way", () -> {
        assertEchoes(kinds, MIB);
        return lanes(child.pid()) == 2;
      });
      float[] first = floats(MIB);
      LaneOps.Layers layers = get(kinds.call(LaneOps::layers,
          new LaneOps.Layers("x", first, new double[] {1, 2, 3}, first)));
      assertThat(layers.first()).isEqualTo(first).isSameAs(layers.firstAgain());
      List<Buffer> buffers = List.of(Buffer.buffer(new byte[200_000]), Buffer.buffer("x".repeat(100_000)));
      assertThat(get(kinds.call(LaneOps::buffers, buffers))).isEqualTo(buffers);
      boolean[] flags = new boolean[100_001];
      flags[7] = true;
      assertThat(get(kinds.call(LaneOps::flags, flags))).isEqualTo(flags);
      long[] longs = RANDOM.longs(50_000).toArray();
      assertThat(get(kinds.call(LaneOps::hash, longs))).isEqualTo(Arrays.hashCode(longs));
      assertThat(TestGroup.failure(kinds.call(LaneOps::failing, first))).hasMessageContaining("after " + first.length);
      assertNothingLeftThere();
    }
  }

  @Test
  void takesTheBusWhenThatIsWanted() throws IOException {
    try (LaneChild child = LaneChild.start(config("bus", 0).put("lane", "bus"))) {
      RemoteWorker bus = worker.rpc().on("bus");
      for (int i = 0; i < 5; i++) {
        assertEchoes(bus, MIB);
      }
      // The parent's is there; the child has none of its own.
      eventually("the parent has a lane", () -> {
        assertEchoes(bus, MIB);
        return lanes(child.pid()) == 1;
      });
    }
  }

  @Test
  void takesTheBusForWhatDoesNotFit() throws IOException {
    try (LaneChild child = LaneChild.start(config("small", 0).put("arenaBytes", MIB))) {
      RemoteWorker small = worker.rpc().on("small");
      eventually("there is a lane each way", () -> {
        assertEchoes(small, MIB / 4);
        return lanes(child.pid()) == 2;
      });
      List<Future<float[]>> echoes = new ArrayList<>();
      float[] sent = floats(MIB / 4);
      for (int i = 0; i < 40; i++) {
        echoes.add(small.call(LaneOps::echo, sent));
      }
      echoes.forEach(echo -> assertThat(Arrays.equals(get(echo), sent)).isTrue());
      assertEchoes(small, 4 * MIB);
      assertNothingLeftThere();
    }
  }

  @Test
  void bearsThatAProcessIsKilledInTheMiddle() throws Exception {
    for (int kill = 0; kill < KILLS; kill++) {
      String name = "victim" + kill;
      List<Future<float[]>> echoes = new ArrayList<>();
      List<float[]> sent = new ArrayList<>();
      try (LaneChild child = LaneChild.start(config(name, 0))) {
        RemoteWorker victim = worker.rpc().on(name);
        // So that some die before there is a lane, some while it is made, some in the middle of transfers.
        int calls = RANDOM.nextInt(30);
        int answered = RANDOM.nextInt(calls + 1);
        for (int i = 0; i < calls; i++) {
          sent.add(floats(MIB * (1 + RANDOM.nextInt(4))));
          echoes.add(victim.call(LaneOps::echo, sent.get(i)));
        }
        eventually("some were answered", () -> echoes.stream().filter(Future::isComplete).count() >= answered);
        LockSupport.parkNanos(RANDOM.nextInt(3_000_000));
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
      assertNothingLeftThere();
    }
    // Whatever the victims have left is gone when the next process has started.
    try (LaneChild next = LaneChild.start(config("next", 0))) {
      eventually("there is a lane each way", () -> {
        assertEchoes(worker.rpc().on("next"), MIB);
        return lanes(next.pid()) == 2;
      });
      eventually("no file is left", () -> names().isEmpty());
    }
  }

  private static void assertEchoes(RemoteWorker to, int bytes) {
    float[] sent = floats(bytes);
    float[] returned = get(to.call(LaneOps::echo, sent));
    assertThat(Arrays.equals(returned, sent)).as(bytes + " bytes").isTrue();
  }

  private static void assertNothingLeftThere() {
    eventually("the peer has taken it", () -> worker.debugInfo().getLong("laneBytes") == 0);
  }

  private static float[] floats(int bytes) {
    float[] floats = new float[bytes / Float.BYTES];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = RANDOM.nextFloat();
    }
    return floats;
  }

  /** How many arenas a process has in its memory. */
  private static long lanes(long pid) {
    try (Stream<String> maps = Files.lines(Path.of("/proc", "" + pid, "maps"))) {
      return maps.filter(line -> line.contains("/vertx-rpc-") && line.endsWith(" (deleted)")).count();
    } catch (IOException gone) {
      return 0;
    }
  }

  private static List<String> names() {
    List<String> names = files();
    names.removeAll(FOREIGN);
    return names;
  }

  private static List<String> files() {
    List<String> names = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(Path.of("/dev/shm"), "vertx-rpc-*")) {
      files.forEach(file -> names.add(file.toString()));
    } catch (IOException none) {
      // Then there are none.
    }
    return names;
  }

  private static JsonObject config(String name, int port) {
    return new JsonObject().put("name", name).put("group", "lanes").put("cluster", new JsonObject()
        .put("name", "lanes-" + PORT).put("port", port).put("members", new JsonArray().add("127.0.0.1:" + PORT)));
  }

  private static Random seeded() {
    long seed = System.nanoTime();
    System.out.println("seed " + seed);
    return new Random(seed);
  }
}
