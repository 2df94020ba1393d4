package dev.vertxrpc.wire;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.VertxInternal;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * A bus that keeps every batch until it is told which to deliver next; it can lose one, deliver it twice, or let
 * another overtake it. Confined to the one event loop of its Vert.x.
 */
public final class SimulatedBus implements Bus {
  /** From which incarnation to which address. */
  public record Hop(long sender, String address) {}

  private final Map<Hop, Deque<Batch>> waiting = new LinkedHashMap<>();
  private final Map<String, Consumer<Batch>> receivers = new HashMap<>();
  private final Set<String> cut = new HashSet<>();
  private final Set<String> frozen = new HashSet<>();
  private boolean broken;
  private boolean stuck;
  private long beingWritten;

  /** Makes the workers of {@code vertx} meet on this bus, by that clock; before the first one is made. */
  public Node install(Vertx vertx, Clock clock) {
    Node node = new Node((VertxInternal) vertx, clock, this);
    vertx.sharedData().<String, Node>getLocalMap(Node.KEY).put(Node.KEY, node);
    return Node.of(vertx);
  }

  /** Where something waits to be delivered, in the order in which it came to wait. */
  public List<Hop> waiting() {
    return waiting.keySet().stream().filter(hop -> frozen.stream().noneMatch(hop.address()::endsWith)).toList();
  }

  /** Nothing is delivered to that worker until it goes on; what it has written is. */
  public void freeze(long incarnation) {
    frozen.add(end(incarnation));
  }

  /** It goes on. */
  public void thaw(long incarnation) {
    frozen.remove(end(incarnation));
  }

  private static String end(long incarnation) {
    return "." + Long.toHexString(incarnation);
  }

  /** Where somebody can be written to. */
  public Set<String> addresses() {
    return Set.copyOf(receivers.keySet());
  }

  /** Delivers the first batch that waits there. */
  public void deliver(Hop hop) {
    Batch batch = take(hop);
    Consumer<Batch> receiver = receivers.get(hop.address());
    if (receiver != null && !cut.contains(hop.address())) {
      receiver.accept(batch);
    }
  }

  /** Loses it. */
  public void drop(Hop hop) {
    take(hop);
  }

  /** Has it come once more, behind all that waits there now. */
  public void duplicate(Hop hop) {
    Deque<Batch> batches = waiting.get(hop);
    batches.add(batches.peek());
  }

  /** Lets all that waits there overtake it. */
  public void delay(Hop hop) {
    Deque<Batch> batches = waiting.get(hop);
    batches.add(batches.poll());
  }

  private Batch take(Hop hop) {
    Deque<Batch> batches = waiting.get(hop);
    Batch batch = batches.poll();
    if (batches.isEmpty()) {
      waiting.remove(hop);
    }
    return batch;
  }

  /** Whether writing fails, for everybody. */
  public void broken(boolean itIs) {
    broken = itIs;
  }

  /** Whether what is written stays in this process: it takes no more than it has. */
  public void stuck(boolean itIs) {
    stuck = itIs;
  }

  /** Nothing goes out from or comes in at that worker any more, and nobody is told. */
  public void cut(long incarnation) {
    String end = end(incarnation);
    receivers.keySet().stream().filter(address -> address.endsWith(end)).forEach(cut::add);
    waiting.keySet().removeIf(hop -> hop.sender() == incarnation || hop.address().endsWith(end));
  }

  @Override
  public Outlet to(String address) {
    return batch -> {
      if (broken) {
        return Future.failedFuture("the connection is broken");
      }
      if (stuck) {
        beingWritten += batch.length();
        return Promise.<Void>promise().future();
      }
      if (!cut.contains(address) && cut.stream().noneMatch(end -> end.endsWith(Long.toHexString(batch.sender())))) {
        waiting.computeIfAbsent(new Hop(batch.sender(), address), first -> new ArrayDeque<>()).add(batch);
      }
      return Future.succeededFuture();
    };
  }

  @Override
  public Inlet at(String address, ContextInternal context, Consumer<Batch> receiver) {
    receivers.put(address, batch -> context.dispatch(batch, receiver::accept));
    return new Inlet() {
      @Override
      public Future<Void> opened() {
        return context.succeededFuture();
      }

      @Override
      public Future<Void> close() {
        receivers.remove(address);
        return context.succeededFuture();
      }
    };
  }

  @Override
  public long beingWritten() {
    return beingWritten;
  }

  @Override
  public void close() {}
}
