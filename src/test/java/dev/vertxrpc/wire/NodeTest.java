package dev.vertxrpc.wire;

import static dev.vertxrpc.testing.TestGroup.get;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class NodeTest {
  private static final long LIMIT_MILLIS = 10_000;

  private final Vertx vertx = Vertx.vertx();

  @AfterEach
  void close() {
    get(vertx.close());
  }

  @Test
  void isSharedByTheWorkersOfOneVertx() {
    Node first = Node.of(vertx);

    Node second = Node.of(vertx);

    assertThat(second).isSameAs(first);
    get(first.release());
    assertThat(Node.of(vertx)).isSameAs(second);
  }

  @Test
  void isAnotherOneForAnotherVertx() {
    Vertx other = Vertx.vertx();

    assertThat(Node.of(other)).isNotSameAs(Node.of(vertx));
    get(other.close());
  }

  @Test
  void tellsItsContextFromOthersOnTheSameLoop() {
    Node node = Node.of(vertx);
    Promise<Boolean> here = Promise.promise();
    Promise<Boolean> elsewhere = Promise.promise();

    node.context().duplicate().runOnContext(now -> here.complete(node.isHere()));
    node.context().nettyEventLoop().execute(() -> elsewhere.complete(node.isHere()));

    assertThat(get(here.future())).isTrue();
    assertThat(get(elsewhere.future())).isFalse();
    get(node.release());
  }

  @Test
  void goesWithItsLastUserAndEndsTheTimersThread() throws InterruptedException {
    Node node = Node.of(vertx);
    Node.of(vertx);
    Thread timer = timerThread(node);

    get(node.release());
    assertThat(timerThread(node)).as("the timer of a node that has a user left").isSameAs(timer);
    get(node.release());

    timer.join(LIMIT_MILLIS);
    assertThat(timer.isAlive()).isFalse();
    assertThat(timer.getName()).isEqualTo("vertx-rpc-timer");
    assertThat(Node.of(vertx)).isNotSameAs(node);
  }

  @Test
  void runsATaskNotBeforeItsTime() {
    Node node = Node.of(vertx);
    long started = System.nanoTime();
    Promise<Long> ran = Promise.promise();

    node.clock().schedule(Duration.ofMillis(80), () -> ran.complete(System.nanoTime()));

    assertThat(Duration.ofNanos(get(ran.future()) - started)).isGreaterThanOrEqualTo(Duration.ofMillis(80));
    get(node.release());
  }

  @Test
  void comesAndGoesUnderConcurrentUsers() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(4);
    Callable<Void> user = () -> {
      for (int i = 0; i < 500; i++) {
        get(Node.of(vertx).release());
      }
      return null;
    };

    List<java.util.concurrent.Future<Void>> users = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      users.add(threads.submit(user));
    }

    for (java.util.concurrent.Future<Void> each : users) {
      each.get(LIMIT_MILLIS * 3, TimeUnit.MILLISECONDS);
    }
    threads.shutdownNow();
    assertThat(vertx.sharedData().getLocalMap("dev.vertxrpc.node").isEmpty()).isTrue();
  }

  private static Thread timerThread(Node node) {
    Promise<Thread> thread = Promise.promise();
    node.clock().schedule(Duration.ofMillis(1), () -> thread.complete(Thread.currentThread()));
    Future<Thread> future = thread.future();
    return get(future);
  }
}
