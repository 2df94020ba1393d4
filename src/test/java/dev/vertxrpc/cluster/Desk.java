package dev.vertxrpc.cluster;

import io.vertx.core.Future;
import java.util.List;

/** A service with a method of each kind. Thread-safe. */
public interface Desk {
  /** The name of the worker that is asked. */
  Future<String> where();

  /** The same once that gate is open. */
  Future<String> whereOnceOpen(String gate);

  /** What tells this object from others of its interface. */
  String label();

  /** Blocks until as many are in there as {@link LocalDesk} has seats. */
  boolean meet() throws InterruptedException;

  /** Notes that number before it returns. */
  Future<Void> note(int number);

  List<Integer> reversed(List<Integer> numbers);

  void forget();

  default String sign() {
    return "desk " + label();
  }
}
