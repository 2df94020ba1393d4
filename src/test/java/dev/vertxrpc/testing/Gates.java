package dev.vertxrpc.testing;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Named moments that a remote function waits for and a test decides about. Thread-safe. */
public final class Gates {
  private static final Map<String, Promise<Void>> GATES = new ConcurrentHashMap<>();
  private static final AtomicInteger NUMBERS = new AtomicInteger();

  private Gates() {}

  /** A name that no other test uses. */
  public static String name() {
    return "gate-" + NUMBERS.incrementAndGet();
  }

  /** Completes when the gate is opened. */
  public static Future<Void> opened(String name) {
    return gate(name).future();
  }

  public static void open(String name) {
    gate(name).tryComplete();
  }

  private static Promise<Void> gate(String name) {
    return GATES.computeIfAbsent(name, fresh -> Promise.promise());
  }
}
