package dev.vertxrpc.wire;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Executor;

/**
 * Keeps the frames of one link in their order, where one cannot be delivered before its bulk has come. Confined to the
 * worker's context.
 */
final class Order {
  private record Waiting(List<Payload> values, Runnable delivery) {
    boolean isReady() {
      return values.stream().noneMatch(Payload::isPending);
    }
  }

  private final Executor worker;
  private final Queue<Waiting> waiting = new ArrayDeque<>();

  /** {@code worker}: the worker's context. */
  Order(Executor worker) {
    this.worker = worker;
  }

  /** Whether nothing waits. */
  boolean isFree() {
    return waiting.isEmpty();
  }

  /** Delivers behind all that waits, when {@code values} are there, or never will be. */
  void deliver(List<Payload> values, Runnable delivery) {
    waiting.add(new Waiting(values, delivery));
    values.forEach(value -> value.whenThere(why -> worker.execute(this::goOn)));
  }

  private void goOn() {
    while (!waiting.isEmpty() && waiting.peek().isReady()) {
      waiting.poll().delivery().run();
    }
  }
}
