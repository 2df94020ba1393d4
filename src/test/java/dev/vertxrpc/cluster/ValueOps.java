package dev.vertxrpc.cluster;

import dev.vertxrpc.CallContext;
import dev.vertxrpc.Remote;
import dev.vertxrpc.WorkerInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;

/** Functions about the values that they take and give. Thread-safe. */
@Remote
public final class ValueOps {
  private static final Map<WorkerInfo, List<String>> HANDED = new ConcurrentHashMap<>();

  private ValueOps() {}

  /** A value that whoever has it may change. Not thread-safe. */
  @Remote
  public static final class Basket {
    public List<String> fruit = new ArrayList<>();

    public int add(String more) {
      fruit.add(more);
      return fruit.size();
    }
  }

  public static WorkerInfo same(WorkerInfo worker) {
    return worker;
  }

  public static Point moved(Point point, double by, boolean twice, String axis) {
    double way = twice ? 2 * by : by;
    return axis.equals("x") ? new Point(point.x() + way, point.y()) : new Point(point.x(), point.y() + way);
  }

  /** The places of what is not zero: how many, the values decide. */
  public static int[] nonZero(double[] values) {
    return IntStream.range(0, values.length).filter(i -> values[i] != 0).toArray();
  }

  public static Basket added(Basket basket, String fruit) {
    basket.add(fruit);
    return basket;
  }

  public static void hand(String value) {
    handed(CallContext.current().rpc().self()).add(value);
  }

  /** All that was handed to {@code worker}. */
  static List<String> handed(WorkerInfo worker) {
    return HANDED.computeIfAbsent(worker, fresh -> new CopyOnWriteArrayList<>());
  }
}
