package dev.vertxrpc.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxrpc.WorkerInfo;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RotationTest {
  private final Rotation rotation = new Rotation();

  @Test
  void goesRoundAmongEquals() {
    assertThat(picks(5, workers(0, 1, 2))).containsExactly(0, 1, 2, 0, 1);
  }

  @Test
  void prefersWhoIsWaitedForLeast() {
    int[] pending = {3, 1, 2, 1};

    List<Integer> picked = IntStream.range(0, 4)
        .mapToObj(i -> rotation.next(workers(0, 1, 2, 3), worker -> pending[worker.rank()]).rank()).toList();

    assertThat(picked).containsExactly(1, 3, 1, 3);
  }

  @Test
  void goesOnWhereItWasWhenSomebodyIsGone() {
    assertThat(picks(2, workers(0, 1, 2))).containsExactly(0, 1);
    assertThat(picks(3, workers(0, 2))).containsExactly(2, 0, 2);
    assertThat(picks(2, workers(1))).containsExactly(1, 1);
  }

  private List<Integer> picks(int count, List<WorkerInfo> candidates) {
    return IntStream.range(0, count).mapToObj(i -> rotation.next(candidates, worker -> 0).rank()).toList();
  }

  private static List<WorkerInfo> workers(int... ranks) {
    return IntStream.of(ranks).mapToObj(rank -> new WorkerInfo("w" + rank, rank, rank + 1, Set.of())).toList();
  }
}
