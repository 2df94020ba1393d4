package dev.vertxrpc.app.launch;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LoopTest {
  @Test
  void takesAStepWhenTheOneBeforeHasSucceeded() {
    List<Promise<Object>> steps = new ArrayList<>();
    Future<Void> done = Loop.times(2, i -> {
      steps.add(Promise.promise());
      return steps.get(i).future();
    });

    assertThat(steps).hasSize(1);
    steps.get(0).complete();
    assertThat(steps).hasSize(2);
    assertThat(done.isComplete()).isFalse();
    steps.get(1).complete();
    assertThat(done.succeeded()).isTrue();
  }

  @Test
  void failsWithTheFirstStepThatFailsOrThrows() {
    assertThat(Loop.times(3, i -> i == 1 ? Future.failedFuture("one") : Future.succeededFuture()).cause())
        .hasMessage("one");
    assertThat(Loop.times(3, i -> {
      throw new IllegalStateException("step " + i);
    }).cause()).hasMessage("step 0");
  }

  @Test
  void goesOnForAsLongAsIsSaid() {
    List<Integer> taken = new ArrayList<>();

    assertThat(Loop.during(() -> taken.size() < 3, () -> {
      taken.add(taken.size());
      return Future.succeededFuture();
    }).succeeded()).isTrue();
    assertThat(taken).containsExactly(0, 1, 2);
  }

  @Test
  void needsNoDeeperStackForALongerLoop() {
    assertThat(Loop.times(1_000_000, i -> Future.succeededFuture()).succeeded()).isTrue();
    assertThat(Loop.times(0, i -> Future.failedFuture("taken")).succeeded()).isTrue();
  }
}
