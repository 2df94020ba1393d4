package dev.vertxrpc.lanes;

import dev.vertxrpc.Remote;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.Arrays;
import java.util.List;

/** Functions of large values. Thread-safe. */
@Remote
public final class LaneOps {
  private LaneOps() {}

  /** Several large arrays in one value, and one of them twice. */
  public record Layers(String name, float[] first, double[] second, float[] firstAgain) {}

  public static Future<float[]> echo(float[] values) {
    return Future.succeededFuture(values);
  }

  public static Layers layers(Layers layers) {
    return layers;
  }

  public static List<Buffer> buffers(List<Buffer> buffers) {
    return buffers;
  }

  public static boolean[] flags(boolean[] flags) {
    return flags;
  }

  public static int hash(long[] values) {
    return Arrays.hashCode(values);
  }

  public static float[] failing(float[] values) {
    throw new IllegalStateException("after " + values.length);
  }

  public static long pid() {
    return ProcessHandle.current().pid();
  }
}
