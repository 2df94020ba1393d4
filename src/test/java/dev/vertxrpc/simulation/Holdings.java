package dev.vertxrpc.simulation;

import dev.vertxrpc.CallContext;
import dev.vertxrpc.NonBlocking;
import dev.vertxrpc.RRef;
import dev.vertxrpc.Remote;
import dev.vertxrpc.WorkerInfo;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The handles that simulated workers hold, and what they do with them. Confined to the loop of the one simulation. */
@Remote
public final class Holdings {
  /** A handle that somebody holds, to the value of that number. */
  record Holding(long holder, RRef<Cell> ref, int number) {}

  private static final List<Holding> HELD = new ArrayList<>();
  /** By number, how many values there are: never more than one. */
  static final Map<Integer, Integer> MADE = new HashMap<>();

  private Holdings() {}

  /** A value with a number, which its methods answer. */
  @Remote
  public static final class Cell {
    private final int number;

    @NonBlocking
    public Cell(int number) {
      this.number = number;
      MADE.merge(number, 1, Integer::sum);
    }

    @NonBlocking
    public int number() {
      return number;
    }
  }

  static void reset() {
    HELD.clear();
    MADE.clear();
  }

  static List<Holding> held() {
    return HELD;
  }

  static void hold(long holder, RRef<Cell> ref, int number) {
    HELD.add(new Holding(holder, ref, number));
  }

  static void drop(Holding holding) {
    HELD.remove(holding);
    holding.ref().close();
  }

  /** Has the worker that runs this hold it. */
  @NonBlocking
  public static void keep(RRef<Cell> ref, int number) {
    hold(CallContext.current().rpc().self().incarnation(), ref, number);
  }

  /** The same, and answers another handle to it. */
  @NonBlocking
  public static RRef<Cell> keepAndReturn(RRef<Cell> ref, int number) {
    keep(ref, number);
    return ref;
  }

  /** Who runs this. */
  @NonBlocking
  public static WorkerInfo self() {
    return CallContext.current().rpc().self();
  }

  /** Hands it on to another worker, and releases it here. */
  public static Future<Void> passOn(RRef<Cell> ref, int number, int rank) {
    Future<Void> passed = CallContext.current().rpc().on(rank).call(Holdings::keep, ref, number);
    ref.close();
    return passed;
  }

  /** Uses it in passing. */
  public static Future<Integer> ask(RRef<Cell> ref) {
    return ref.call(Cell::number).onComplete(done -> ref.close());
  }
}
