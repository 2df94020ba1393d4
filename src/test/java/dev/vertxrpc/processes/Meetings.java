package dev.vertxrpc.processes;

import dev.vertxrpc.CallContext;
import dev.vertxrpc.Collectives;
import dev.vertxrpc.Collectives.Typed;
import dev.vertxrpc.Reducers;
import dev.vertxrpc.Remote;
import dev.vertxrpc.Rpc;
import dev.vertxrpc.RpcFailure;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The part of one process's worker in rounds, at the driver's word. Stateless. */
@Remote
public final class Meetings {
  private Meetings() {}

  /** What is done in a round; a large value is one that is passed on from participant to participant. */
  public enum Kind { BARRIER, ALL_GATHER, BROADCAST, ALL_REDUCE, REDUCE }

  /**
   * A round that some are to meet in.
   *
   * @param names who; empty: the whole group
   * @param length of the arrays that they bring
   */
  public record Plan(int number, Kind kind, List<String> names, String tag, String root, int length, int limitMillis) {}

  /**
   * What came of it at one participant.
   *
   * @param values by whom they were brought, what they were about; of a reduction the one that they have become
   * @param failure empty where it succeeded
   */
  public record Ending(Map<String, Integer> values, String failure, String message) {}

  /** Takes part; always completes. */
  public static Future<Ending> meet(Plan plan) {
    Rpc rpc = CallContext.current().rpc();
    return take(rpc, plan);
  }

  static Future<Ending> take(Rpc rpc, Plan plan) {
    Future<Map<String, Integer>> taken;
    try {
      taken = part(rpc, plan);
    } catch (RuntimeException refused) {
      taken = Future.failedFuture(refused);
    }
    return taken.transform(done -> Future.succeededFuture(done.succeeded() ? new Ending(done.result(), "", "")
        : new Ending(Map.of(), RpcFailure.of(done.cause()).name(), done.cause().getMessage())));
  }

  private static Future<Map<String, Integer>> part(Rpc rpc, Plan plan) {
    Collectives all = rpc.collectives().withTag(plan.tag()).withTimeout(Duration.ofMillis(plan.limitMillis()));
    Collectives some = plan.names().isEmpty() ? all : all.among(plan.names().toArray(String[]::new));
    Typed<int[]> rounds = some.of(int[].class);
    String self = rpc.self().name();
    int[] mine = value(plan, self);
    return switch (plan.kind()) {
      case BARRIER -> some.barrier().map(Map.of());
      case ALL_GATHER -> rounds.allGather(mine).map(values -> read(plan, values));
      case BROADCAST -> rounds.broadcast(plan.root(), self.equals(plan.root()) ? mine : null)
          .map(value -> read(plan, Map.of(plan.root(), value)));
      case ALL_REDUCE -> rounds.allReduce(mine, Reducers::sum).map(sum -> Map.of("", uniform(plan, sum)));
      case REDUCE -> rounds.reduce(plan.root(), mine, Reducers::sum).map((Optional<int[]> sum) ->
          sum.map(reduced -> Map.of("", uniform(plan, reduced))).orElse(Map.of()));
    };
  }

  /** A number that says whose value it is, and of which round; sums of some say that too. */
  static int token(int number, String name) {
    return number * 10_000 + Math.floorMod(name.hashCode(), 2_000);
  }

  private static int[] value(Plan plan, String name) {
    int[] value = new int[plan.length()];
    Arrays.fill(value, token(plan.number(), name));
    return value;
  }

  private static Map<String, Integer> read(Plan plan, Map<String, int[]> values) {
    Map<String, Integer> read = new LinkedHashMap<>();
    values.forEach((name, value) -> read.put(name, uniform(plan, value)));
    return read;
  }

  /** What the whole array is filled with. */
  private static int uniform(Plan plan, int[] array) {
    if (array.length != plan.length() || Arrays.stream(array).anyMatch(each -> each != array[0])) {
      throw new IllegalStateException("an array of round " + plan.number() + " has come in parts");
    }
    return array[0];
  }

  /** Has the worker leave its group. */
  public static void leave() {
    Pockets.leave();
  }
}
