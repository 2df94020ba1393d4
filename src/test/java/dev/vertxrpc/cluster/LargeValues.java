package dev.vertxrpc.cluster;

import dev.vertxrpc.Remote;
import dev.vertxrpc.testing.Gates;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;

/** Functions of values that say where they were made. Thread-safe. */
@Remote
public final class LargeValues {
  private static final List<Integer> STARTED = new ArrayList<>();

  private LargeValues() {}

  /** Knows the thread that has made it, which is the one that decodes it. */
  public record Made(byte[] bytes, String thread) {
    public Made {
      thread = Thread.currentThread().getName();
    }
  }

  public static Future<String> madeBy(Made value) {
    return Future.succeededFuture(value.thread());
  }

  public static Made made(int bytes) {
    return new Made(new byte[bytes], "");
  }

  public static Future<Void> start(int number, byte[] bytes) {
    synchronized (STARTED) {
      STARTED.add(number);
    }
    return Future.succeededFuture();
  }

  public static Future<Void> startAfter(String gate, byte[] bytes) {
    return Gates.opened(gate);
  }

  /** Which were started, in that order, so far. */
  static List<Integer> started() {
    synchronized (STARTED) {
      return List.copyOf(STARTED);
    }
  }
}
