package dev.vertxrpc.simulation;

import dev.vertxrpc.CallContext;
import dev.vertxrpc.NonBlocking;
import dev.vertxrpc.RRef;
import dev.vertxrpc.Remote;
import dev.vertxrpc.Rpc;
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

  /** A handle to a value that holds one itself, to the value of that number. */
  record BoxHolding(long holder, RRef<Box> ref, int number) {}

  /** Handles in every kind of place. */
  public record Parcel(RRef<Cell> one, List<RRef<Cell>> others, Map<String, RRef<Cell>> named, List<Integer> numbers) {}

  /** A value that holds a handle. */
  public record Box(RRef<Cell> ref) {}

  private static final List<Holding> HELD = new ArrayList<>();
  private static final List<BoxHolding> BOXES = new ArrayList<>();
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
    BOXES.clear();
    MADE.clear();
  }

  static List<Holding> held() {
    return HELD;
  }

  static List<BoxHolding> boxes() {
    return BOXES;
  }

  static void hold(long holder, RRef<Cell> ref, int number) {
    // What is in a message twice arrives as one handle.
    if (HELD.stream().noneMatch(holding -> holding.ref() == ref)) {
      HELD.add(new Holding(holder, ref, number));
    }
  }

  static void hold(BoxHolding box) {
    BOXES.add(box);
  }

  static void drop(Holding holding) {
    HELD.remove(holding);
    holding.ref().close();
  }

  static void drop(BoxHolding box) {
    BOXES.remove(box);
    box.ref().close();
  }

  private static Rpc rpc() {
    return CallContext.current().rpc();
  }

  /** Has the worker that runs this hold it. */
  @NonBlocking
  public static void keep(RRef<Cell> ref, int number) {
    hold(rpc().self().incarnation(), ref, number);
  }

  /** Has it hold all of them. */
  @NonBlocking
  public static void keepAll(Parcel parcel) {
    keep(parcel.one(), parcel.numbers().get(0));
    keep(parcel.others().get(0), parcel.numbers().get(1));
    keep(parcel.named().get("a name"), parcel.numbers().get(2));
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

  /** Hands it on along the chain of workers, of whom the last holds it, and releases it here. */
  public static Future<Void> passOn(RRef<Cell> ref, int number, List<Integer> chain) {
    try (ref) {
      return chain.size() == 1 ? rpc().on(chain.get(0)).call(Holdings::keep, ref, number)
          : rpc().on(chain.get(0)).call(Holdings::passOn, ref, number, chain.subList(1, chain.size()));
    }
  }

  /** Uses it in passing. */
  public static Future<Integer> ask(RRef<Cell> ref) {
    return ref.call(Cell::number).onComplete(done -> ref.close());
  }

  /** Holds it, as part of a value to be kept here. */
  @NonBlocking
  public static Box pack(RRef<Cell> ref, int number) {
    keep(ref, number);
    return new Box(ref);
  }
}
