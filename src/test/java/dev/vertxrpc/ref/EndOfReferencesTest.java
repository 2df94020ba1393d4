package dev.vertxrpc.ref;

import static dev.vertxrpc.ref.Closing.closed;
import static dev.vertxrpc.testing.TestGroup.failure;
import static dev.vertxrpc.testing.TestGroup.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vertxrpc.RRef;
import dev.vertxrpc.Rpc;
import dev.vertxrpc.RpcException;
import dev.vertxrpc.RpcFailure;
import dev.vertxrpc.call.ApplicationObjects;
import dev.vertxrpc.call.BlockingExecutor;
import dev.vertxrpc.cluster.Counter;
import dev.vertxrpc.ref.Closing.Resource;
import dev.vertxrpc.testing.Gates;
import dev.vertxrpc.testing.TestGroup;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What references of a worker are worth when it has ended: nothing, and whoever asks is told so. */
class EndOfReferencesTest {
  private final TestGroup group = TestGroup.local(2);
  private final Rpc rpc = group.rpc(0);
  private final Refs refs = ((Reference<?>) rpc.own(new Counter(0))).handle().refs();

  @AfterEach
  void close() {
    group.close();
  }

  private void assertNothingIsKept() {
    assertThat(refs.list()).isEmpty();
    assertThat(refs.debugInfo().stream()).allSatisfy(figure ->
        assertThat(((Number) figure.getValue()).intValue()).as(figure.getKey()).isZero());
  }

  @Test
  void aWorkerThatHasEndedOwnsNothingAnyMore() {
    group.lose(0);

    assertThatThrownBy(() -> rpc.own(new Counter(1))).isInstanceOf(RpcException.class)
        .hasMessageContaining("w0 left its group")
        .satisfies(thrown -> assertThat(RpcFailure.of(thrown)).isEqualTo(RpcFailure.NOT_JOINED));
    assertNothingIsKept();
  }

  @Test
  void aWorkerThatHasEndedHasNothingMade() {
    group.lose(0);

    for (String worker : List.of("w0", "w1")) {
      RRef<Counter> nothing = rpc.on(worker).create(Counter::new, 1);
      assertThat(RpcFailure.of(failure(nothing.confirmed()))).isEqualTo(RpcFailure.NOT_JOINED);
      assertThat(RpcFailure.of(failure(nothing.toHere()))).isEqualTo(RpcFailure.NOT_JOINED);
    }
    assertNothingIsKept();
  }

  @Test
  void aWorkerThatHasEndedHandsNothingOut() {
    RRef<Counter> mine = rpc.own(new Counter(1));
    RRef<Counter> theirs = rpc.on("w1").create(Counter::new, 1);
    get(theirs.confirmed());
    group.lose(0);

    for (RRef<Counter> ref : List.of(mine, theirs)) {
      assertThat(RpcFailure.of(failure(rpc.on("w1").call(RefOps::read, ref)))).isEqualTo(RpcFailure.NOT_JOINED);
    }
    assertNothingIsKept();
  }

  /** However the making of handles and the end of their worker fall together. */
  @Test
  void everyHandleThatIsMadeAroundTheEndHearsOfIt() throws InterruptedException {
    AtomicInteger made = new AtomicInteger();
    List<CompletableFuture<RpcFailure>> makers = Stream.of("w0", "w1").map(owner ->
        CompletableFuture.supplyAsync(() -> makeUntilItFails(owner, made))).toList();
    group.eventually("some are made", () -> made.get() > 20);

    group.lose(0);

    assertThat(makers).allSatisfy(maker -> assertThat(maker).succeedsWithin(Duration.ofSeconds(20))
        .isEqualTo(RpcFailure.NOT_JOINED));
    assertNothingIsKept();
    // Or its own end may come before it drops what is held by who is gone.
    group.eventually("the other one knows", () -> group.rpc(1).group().workers().size() == 1);
  }

  private RpcFailure makeUntilItFails(String owner, AtomicInteger made) {
    while (true) {
      try (RRef<Counter> counter = rpc.on(owner).create(Counter::new, 1)) {
        get(counter.confirmed());
        get(counter.call(Counter::get));
        made.incrementAndGet();
      } catch (RpcException failed) {
        return failed.failure();
      }
    }
  }

  @Test
  void aValueThatIsMadeAfterTheEndIsClosedAlthoughNoThreadIsFree() {
    String name = Gates.name();
    CountDownLatch busy = new CountDownLatch(1);
    BlockingExecutor executor = BlockingExecutor.pool("w", 1, 10);
    executor.run(() -> await(busy));
    Disposal disposal = new Disposal("w", true, executor, new ApplicationObjects());
    Resource late = new Resource(name);
    get(disposal.end());

    disposal.made(late);
    disposal.gone(late);

    group.eventually("it is closed", () -> closed(name).size() == 1);
    assertThat(closed(name)).containsExactly("rpc-w-close");
    busy.countDown();
    executor.close();
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
