package dev.vertxrpc.processes;

import dev.vertxrpc.CallContext;
import dev.vertxrpc.NonBlocking;
import dev.vertxrpc.RRef;
import dev.vertxrpc.Remote;
import dev.vertxrpc.Rpc;
import dev.vertxrpc.RpcFailure;
import dev.vertxrpc.WorkerInfo;
import dev.vertxrpc.runtime.RpcWorker;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * The handles that the one worker of this process holds, each by a number that the driver gave it, and what it does
 * with them at the driver's word. Thread-safe.
 */
@Remote
public final class Pockets {
  static final Duration SHUTDOWN_LIMIT = Duration.ofSeconds(20);
  private static final Map<Integer, RRef<Cell>> HELD = new ConcurrentHashMap<>();
  /** The values that this process has made. */
  private static final Set<Integer> MADE = ConcurrentHashMap.newKeySet();
  private static volatile RpcWorker worker;

  private Pockets() {}

  /** A value with a number, which its method answers. */
  @Remote
  public static final class Cell {
    private final int number;

    @NonBlocking
    public Cell(int number) {
      this.number = number;
      MADE.add(number);
    }

    @NonBlocking
    public int number() {
      return number;
    }
  }

  /** Several handles, each with the number that its receiver keeps it under. */
  public record Parcel(List<RRef<Cell>> refs, Map<String, Integer> numbers) {}

  /**
   * What came of the use of a handle.
   *
   * @param number of the value; -1 where it could not be used
   * @param failure why not; empty where it could
   * @param owner the incarnation that keeps the value; 0 where that was never known
   */
  public record Use(int handle, int number, String failure, long owner) {}

  /** What a process holds and has made. */
  public record Contents(List<Use> uses, Set<Integer> made) {}

  /** Before anything else. */
  static void of(RpcWorker ofThis) {
    worker = ofThis;
  }

  /** Has the worker of this process leave, when this call has been answered. */
  static void leave() {
    worker.leave();
  }

  /** Has the worker of this process shut its group down with the others. */
  @NonBlocking
  public static void shutdown() {
    worker.shutdown(SHUTDOWN_LIMIT);
  }

  private static Rpc rpc() {
    return CallContext.current().rpc();
  }

  private static RRef<Cell> held(int handle) {
    RRef<Cell> ref = HELD.get(handle);
    if (ref == null) {
      throw new NoSuchElementException("no handle " + handle + " in the pockets of " + worker.rpc().self());
    }
    return ref;
  }

  /** Has {@code owner} make a value, and holds it. */
  public static Future<Void> create(int handle, int number, String owner) {
    RRef<Cell> ref = rpc().on(owner).create(Cell::new, number);
    HELD.put(handle, ref);
    return ref.confirmed();
  }

  /** Holds a value of its own. */
  @NonBlocking
  public static void own(int handle, int number) {
    HELD.put(handle, rpc().own(new Cell(number)));
  }

  @NonBlocking
  public static void keep(RRef<Cell> ref, int handle) {
    HELD.put(handle, ref);
  }

  @NonBlocking
  public static void keepAll(Parcel parcel) {
    for (int i = 0; i < parcel.refs().size(); i++) {
      HELD.put(parcel.numbers().get("" + i), parcel.refs().get(i));
    }
  }

  @NonBlocking
  public static RRef<Cell> give(int handle) {
    return held(handle);
  }

  /** Gives {@code to} a handle of its own. */
  public static Future<Void> share(int handle, String to, int theirs) {
    return rpc().on(to).call(Pockets::keep, held(handle), theirs);
  }

  /** The same with two of them, in a record. */
  public static Future<Void> shareBoth(int handle, int other, String to, int theirs, int theirOther) {
    return rpc().on(to).call(Pockets::keepAll,
        new Parcel(List.of(held(handle), held(other)), Map.of("0", theirs, "1", theirOther)));
  }

  /** Gives {@code to} one by way of another, which keeps none. */
  public static Future<Void> forward(int handle, String by, String to, int theirs) {
    return rpc().on(by).call(Pockets::passOn, held(handle), to, theirs);
  }

  public static Future<Void> passOn(RRef<Cell> ref, String to, int theirs) {
    try (ref) {
      return rpc().on(to).call(Pockets::keep, ref, theirs);
    }
  }

  /** Asks {@code from} for one. */
  public static Future<Void> take(String from, int handle, int mine) {
    return rpc().on(from).call(Pockets::give, handle).onSuccess(ref -> HELD.put(mine, ref)).mapEmpty();
  }

  public static Future<Integer> use(int handle) {
    return held(handle).call(Cell::number);
  }

  @NonBlocking
  public static void close(int handle) {
    held(handle).close();
    HELD.remove(handle);
  }

  @NonBlocking
  public static void closeAll() {
    HELD.values().forEach(RRef::close);
    HELD.clear();
  }

  /** Uses everything that is held. */
  public static Future<Contents> contents() {
    List<Future<Use>> uses = new ArrayList<>();
    HELD.forEach((handle, ref) -> uses.add(ref.call(Cell::number).transform(done -> Future.succeededFuture(
        new Use(handle, done.succeeded() ? done.result() : -1,
            done.succeeded() ? "" : RpcFailure.of(done.cause()).name(), owner(ref))))));
    return Future.all(uses).map(all -> new Contents(uses.stream().map(Future::result).toList(), Set.copyOf(MADE)));
  }

  private static long owner(RRef<Cell> ref) {
    try {
      return ref.owner().incarnation();
    } catch (RuntimeException neverKnown) {
      return 0;
    }
  }

  /** The incarnations that are in the group as this worker knows it. */
  @NonBlocking
  public static Set<Long> members() {
    return rpc().group().workers().stream().map(WorkerInfo::incarnation).collect(Collectors.toSet());
  }

  /** Everything that this worker still keeps, holds or has under way, but for the call that asks. */
  @NonBlocking
  public static Map<String, Integer> figures() {
    Map<String, Integer> figures = new ConcurrentHashMap<>();
    worker.debugInfo().forEach(figure -> figures.put(figure.getKey(), ((Number) figure.getValue()).intValue()));
    figures.merge("runningCalls", -1, Integer::sum);
    return figures;
  }

  /** What calls by each handle that is held fail with at once; nothing but the handle where they do not. */
  static List<String> failures() {
    return HELD.values().stream().map(ref -> {
      Future<Integer> called = ref.call(Cell::number);
      return called.failed() ? RpcFailure.of(called.cause()).name() : ref.toString().replace(' ', '-');
    }).toList();
  }
}
