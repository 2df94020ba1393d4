package dev.vertxrpc.collective;

import static dev.vertxrpc.testing.TestGroup.get;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.vertxrpc.RRef;
import dev.vertxrpc.Rpc;
import dev.vertxrpc.cluster.Counter;
import dev.vertxrpc.testing.TestGroup;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What is true before and after a barrier, and barriers from several threads at once. */
class BarrierTest {
  private static final int SIZE = 3;
  private static final int THREADS = 3;

  private final TestGroup group = TestGroup.local(SIZE);

  @AfterEach
  void close() {
    group.close();
  }

  private List<Rpc> everyone() {
    return IntStream.range(0, SIZE).mapToObj(group::rpc).toList();
  }

  @Test
  @Tag("T031")
  void whatWasDoneBeforeABarrierIsSeenByAllAfterIt() {
    RRef<Counter> own = group.rpc(0).own(new Counter(0));
    List<Future<RRef<Counter>>> handed = everyone().stream().map(rpc -> rpc.collectives()
        .of(new TypeReference<RRef<Counter>>() {})
        .broadcast("w0", rpc == group.rpc(0) ? own : null)).toList();
    List<Future<Integer>> seen = new ArrayList<>();
    for (int i = 0; i < SIZE; i++) {
      Rpc rpc = group.rpc(i);
      seen.add(handed.get(i).compose(counter -> rpc.collectives().barrier()
          .compose(met -> counter.call(Counter::add, 1))
          .compose(added -> rpc.collectives().barrier())
          .compose(met -> counter.call(Counter::get))
          .onComplete(done -> counter.close())));
    }

    assertThat(seen).allSatisfy(each -> assertThat(get(each)).isEqualTo(SIZE));
    own.close();
  }

  @Test
  @Tag("T033")
  void severalThreadsOfEachWorkerMeetInTheSameBarriersAtOnce() throws Exception {
    List<CompletableFuture<Void>> threads = new ArrayList<>();
    for (Rpc rpc : everyone()) {
      for (int i = 0; i < THREADS; i++) {
        threads.add(CompletableFuture.runAsync(() -> {
          get(rpc.collectives().barrier());
          get(rpc.collectives().barrier());
        }, task -> new Thread(task).start()));
      }
    }

    CompletableFuture.allOf(threads.toArray(CompletableFuture[]::new)).get(30, TimeUnit.SECONDS);
  }
}
