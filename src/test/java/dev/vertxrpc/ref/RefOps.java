package dev.vertxrpc.ref;

import dev.vertxrpc.CallContext;
import dev.vertxrpc.RRef;
import dev.vertxrpc.Remote;
import dev.vertxrpc.Rpc;
import dev.vertxrpc.cluster.Counter;
import dev.vertxrpc.cluster.Waiting;
import dev.vertxrpc.testing.Gates;
import io.vertx.core.Future;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Functions about references, which the tests call. They close what they are given. */
@Remote
public final class RefOps {
  /** A value that holds references. */
  public record Pair(RRef<Counter> first, RRef<Counter> second) {}

  /** A value whose method takes as long as a test wants. Immutable. */
  @Remote
  public static final class Gated {
    public Future<String> pass(String gate) {
      return Gates.opened(gate).map(open -> "passed");
    }
  }

  private static final Map<String, List<Integer>> NOTES = new ConcurrentHashMap<>();

  private RefOps() {}

  private static Rpc rpc() {
    return CallContext.current().rpc();
  }

  public static double[] ramp(int length) {
    double[] ramp = new double[length];
    for (int i = 0; i < length; i++) {
      ramp[i] = i;
    }
    return ramp;
  }

  public static double total(double[] values) {
    double total = 0;
    for (double value : values) {
      total += value;
    }
    return total;
  }

  public static Future<Counter> counterAfter(String gate, int start) {
    return Gates.opened(gate).map(open -> new Counter(start));
  }

  public static Future<Void> after(String gate) {
    return Gates.opened(gate);
  }

  public static Counter broken(String why) {
    throw new IllegalStateException(why);
  }

  public static Counter nothing() {
    return null;
  }

  public static int read(RRef<Counter> counter) {
    try (counter) {
      return Rpc.await(counter.call(Counter::get));
    }
  }

  /** The same without waiting. */
  public static Future<Integer> readLater(RRef<Counter> counter) {
    return counter.call(Counter::get).onComplete(read -> counter.close());
  }

  /** The same when the gate is open. */
  public static Future<Integer> readAfter(String gate, RRef<Counter> counter) {
    return Gates.opened(gate).compose(open -> readLater(counter));
  }

  public static int addHere(RRef<Counter> counter, int by) {
    try (counter) {
      return counter.localValue().add(by);
    }
  }

  public static int sum(RRef<Counter> first, RRef<Counter> second) {
    return read(first) + read(second);
  }

  public static int sumOf(Pair pair) {
    return sum(pair.first(), pair.second());
  }

  public static int sumOfList(List<RRef<Counter>> counters) {
    return counters.stream().mapToInt(RefOps::read).sum();
  }

  public static int sumOfMap(Map<String, RRef<Counter>> counters) {
    return counters.values().stream().mapToInt(RefOps::read).sum();
  }

  public static RRef<Counter> pass(RRef<Counter> counter) {
    return counter;
  }

  public static RRef<Counter> createOn(String owner, int start) {
    return rpc().on(owner).create(Counter::new, start);
  }

  public static List<RRef<Counter>> ownSome(int first, int second) {
    return List.of(rpc().own(new Counter(first)), rpc().own(new Counter(second)));
  }

  public static Pair pairOn(String owner, int first, int second) {
    return new Pair(createOn(owner, first), createOn(owner, second));
  }

  public static boolean isConfirmed(RRef<Counter> counter) {
    try (counter) {
      return counter.isConfirmed();
    }
  }

  public static boolean isOwner(RRef<Counter> counter) {
    try (counter) {
      return counter.isOwner();
    }
  }

  /** A value on {@code owner} that takes as long as a test wants. */
  public static RRef<String> blockOn(String owner, String gate) {
    return rpc().on(owner).remote(Waiting::block, gate);
  }

  /** Hands the reference on to the next workers of the ring, and answers what the last one reads. */
  public static int forward(RRef<Counter> counter, int hops) {
    int next = (rpc().self().rank() + 1) % rpc().group().workers().size();
    try (counter) {
      return hops == 0 ? Rpc.await(counter.call(Counter::get))
          : Rpc.await(rpc().on(next).call(RefOps::forward, counter, hops - 1));
    }
  }

  /** The same by references to the results, each of which is fetched from the next worker. */
  public static double[] fetchAfter(RRef<double[]> numbers, int hops) {
    if (hops == 0) {
      try (numbers) {
        return Rpc.await(numbers.toHere());
      }
    }
    int next = (rpc().self().rank() + 1) % rpc().group().workers().size();
    try (numbers; RRef<double[]> there = rpc().on(next).remote(RefOps::fetchAfter, numbers, hops - 1)) {
      return Rpc.await(there.toHere());
    }
  }

  public static int addThere(RRef<Counter> counter, int by) {
    try (counter) {
      return Rpc.await(counter.call(Counter::add, by));
    }
  }

  /** Notes, on the event loop, that it has started. */
  public static Future<Void> note(String log, int number) {
    notes(log).add(number);
    return Future.succeededFuture();
  }

  /** The same with a reference, which has to be confirmed first. */
  public static Future<Void> noteWith(String log, int number, RRef<Counter> counter) {
    counter.close();
    return note(log, number);
  }

  static List<Integer> notes(String log) {
    return NOTES.computeIfAbsent(log, fresh -> new CopyOnWriteArrayList<>());
  }
}
