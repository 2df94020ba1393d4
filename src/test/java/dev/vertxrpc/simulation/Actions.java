package dev.vertxrpc.simulation;

import dev.vertxrpc.CallContext;
import dev.vertxrpc.NonBlocking;
import dev.vertxrpc.RRef;
import dev.vertxrpc.Remote;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** What simulated workers do for each other. None of it blocks. Confined to the loop of the one simulation. */
@Remote
public final class Actions {
  /** The calls that have run. */
  static final Set<Integer> RAN = new HashSet<>();
  /** What {@link #pend} has promised. */
  static final Map<Integer, Promise<Integer>> PROMISED = new HashMap<>();
  /** The calls of {@link #pend}. */
  static final Map<Integer, CallContext> PENDING = new HashMap<>();

  private static int counted;

  private Actions() {}

  static void reset() {
    RAN.clear();
    PROMISED.clear();
    PENDING.clear();
  }

  /** Answers at once. */
  @NonBlocking
  public static int echo(int number) {
    RAN.add(number);
    return number;
  }

  /** Answers when the simulation decides, or never. */
  public static Future<Integer> pend(int number) {
    RAN.add(number);
    Promise<Integer> promise = Promise.promise();
    PROMISED.put(number, promise);
    PENDING.put(number, CallContext.current());
    return promise.future();
  }

  /** Fails. */
  @NonBlocking
  public static int fail(int number) {
    RAN.add(number);
    throw new IllegalStateException("number " + number, new IllegalArgumentException("cause of " + number));
  }

  /** Answers what another worker answers, in its own time. */
  public static Future<Integer> relay(int rank, int number) {
    RAN.add(number);
    return CallContext.current().rpc().on(rank).call(Actions::pend, number + 1);
  }

  /** The value of a reference. */
  public static Future<Integer> fetchThere(RRef<Integer> kept) {
    return kept.toHere().onComplete(done -> kept.close());
  }

  /** How often it has run. */
  @NonBlocking
  public static int count() {
    return ++counted;
  }
}
