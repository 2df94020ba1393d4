package dev.vertxrpc.lanes;

import dev.vertxrpc.Remote;
import dev.vertxrpc.testing.Gates;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Functions of large values. Thread-safe. */
@Remote
public final class LaneOps {
  static final List<Integer> NOTED = new CopyOnWriteArrayList<>();

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

  /** Takes note of the order in which calls start. */
  public static Future<Integer> note(int number, float[] values) {
    NOTED.add(number);
    return Future.succeededFuture(Arrays.hashCode(values));
  }

  public static int hash(long[] values) {
    return Arrays.hashCode(values);
  }

  public static float[] failing(float[] values) {
    throw new IllegalStateException("after " + values.length);
  }

  /** Something with a method that takes large values; made when the gate opens. */
  @Remote
  public static final class Scale {
    public Future<Integer> note(int number, float[] values) {
      return LaneOps.note(number, values);
    }

    public int hash(float[] values) {
      return Arrays.hashCode(values);
    }
  }

  public static Future<Scale> scaleAfter(String gate) {
    return Gates.opened(gate).map(open -> new Scale());
  }

  public static float[] made(int length) {
    float[] values = new float[length];
    Arrays.fill(values, 1.5f);
    return values;
  }

  /** What cannot be encoded, but only after a large part of it was. */
  public record Broken(float[] large, Throwing throwing) {}

  /** Refuses to tell what it has. */
  public static final class Throwing {
    public String getText() {
      throw new IllegalStateException("no text");
    }
  }

  public static void take(Broken broken) {
  }

  public static Broken broken(int length) {
    return new Broken(made(length), new Throwing());
  }
}
