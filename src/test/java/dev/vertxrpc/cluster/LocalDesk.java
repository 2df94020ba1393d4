package dev.vertxrpc.cluster;

import dev.vertxrpc.CallContext;
import dev.vertxrpc.testing.Gates;
import io.vertx.core.Future;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** The object behind a {@link Desk}; what it has beside that is nobody's business. Thread-safe. */
public final class LocalDesk implements Desk {
  private static final int SEATS = 2;

  final Queue<Integer> noted = new ConcurrentLinkedQueue<>();
  private final CountDownLatch seats = new CountDownLatch(SEATS);
  private final String label;

  LocalDesk(String label) {
    this.label = label;
  }

  @Override
  public Future<String> where() {
    return Future.succeededFuture(CallContext.current().rpc().self().name());
  }

  @Override
  public Future<String> whereOnceOpen(String gate) {
    Future<String> here = where();
    return Gates.opened(gate).compose(open -> here);
  }

  @Override
  public String label() {
    return label;
  }

  @Override
  public boolean meet() throws InterruptedException {
    seats.countDown();
    return seats.await(20, TimeUnit.SECONDS);
  }

  @Override
  public Future<Void> note(int number) {
    noted.add(number);
    return Future.succeededFuture();
  }

  @Override
  public List<Integer> reversed(List<Integer> numbers) {
    Collections.reverse(numbers);
    return numbers;
  }

  @Override
  public void forget() {
    noted.clear();
  }

  public String drawer() {
    return "private";
  }
}
