package dev.vertxrpc.ref;

import static dev.vertxrpc.testing.TestGroup.get;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxrpc.RRef;
import dev.vertxrpc.Rpc;
import dev.vertxrpc.cluster.Counter;
import dev.vertxrpc.testing.TestGroup;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/**
 * Random sharing of references by several threads: calls on open handles always succeed, and when all are
 * closed every table empties. The seed is printed; {@code -Dvertxrpc.seed=N} takes it again. Seen to fail with
 * a received handle that is confirmed without REGISTER, and with a handle that is released while it is
 * pending or has undecided children.
 */
class RandomReferencesTest {
  private static final int WORKERS = 4;
  private static final int THREADS = 3;
  private static final int STEPS = 1_500;
  private static final int MOST_HELD = 12;

  @Test
  void keepsValuesExactlyAsLongAsSomebodyHoldsThem() throws Exception {
    long seed = Long.getLong("vertxrpc.seed", System.nanoTime());
    System.out.println("RandomReferencesTest -Dvertxrpc.seed=" + seed);
    try (TestGroup group = TestGroup.local(WORKERS)) {
      List<CompletableFuture<Void>> threads = new ArrayList<>();
      for (int i = 0; i < THREADS; i++) {
        Random random = new Random(seed + i);
        Rpc rpc = group.rpc(i);
        threads.add(CompletableFuture.runAsync(() -> share(rpc, random), task -> new Thread(task).start()));
      }
      for (CompletableFuture<Void> thread : threads) {
        thread.get(60, TimeUnit.SECONDS);
      }

      for (int rank = 0; rank < WORKERS; rank++) {
        int each = rank;
        group.eventually("seed " + seed + ": no reference on w" + rank, () -> {
          // What a function was given and only passed on is garbage that nobody closed.
          System.gc();
          return group.figure(each, "forks") + group.figure(each, "users")
              + group.figure(each, "pendingChildren") == 0;
        });
      }
    }
  }

  private static void share(Rpc rpc, Random random) {
    List<RRef<Counter>> held = new ArrayList<>();
    for (int step = 0; step < STEPS; step++) {
      String worker = "w" + random.nextInt(WORKERS);
      if (held.isEmpty()) {
        held.add(create(rpc, worker, random));
      }
      RRef<Counter> one = held.get(random.nextInt(held.size()));
      switch (random.nextInt(7)) {
        case 0 -> held.add(create(rpc, worker, random));
        case 1 -> held.add(get(rpc.on(worker).call(RefOps::pass, one)));
        case 2 -> assertThat(get(rpc.on(worker).call(RefOps::read, one))).isNotNegative();
        case 3 -> assertThat(get(rpc.on(worker).call(RefOps::forward, one, random.nextInt(4))))
            .isNotNegative();
        case 4 -> held.add(get(rpc.on(worker).call(RefOps::createOn, "w" + random.nextInt(WORKERS), step)));
        case 5 -> assertThat(get(one.call(Counter::get))).isNotNegative();
        default -> {
          // Handed on and closed before anybody can have answered.
          var read = rpc.on(worker).call(RefOps::readLater, one);
          held.remove(one);
          one.close();
          assertThat(get(read)).isNotNegative();
        }
      }
      while (held.size() > MOST_HELD) {
        held.remove(random.nextInt(held.size())).close();
      }
    }
    held.forEach(RRef::close);
  }

  private static RRef<Counter> create(Rpc rpc, String worker, Random random) {
    return random.nextInt(4) == 0 ? rpc.own(new Counter(random.nextInt(100)))
        : rpc.on(worker).create(Counter::new, random.nextInt(100));
  }
}
