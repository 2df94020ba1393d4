package dev.vertxrpc.collective;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxrpc.collective.Branches.Branch;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** To whom what is the same for all is passed on. */
class BranchesTest {
  @Test
  void everybodyInTheSameInstanceGetsItAtOnce() {
    assertThat(Branches.of(List.of(1, 2, 3), each -> "here", "here"))
        .containsExactly(new Branch(1, List.of()), new Branch(2, List.of()), new Branch(3, List.of()));
  }

  @Test
  void oneOfAnotherInstancePassesItOnThere() {
    assertThat(Branches.of(List.of(1, 2, 3, 4), each -> each % 2 == 0 ? "here" : "there", "here"))
        .containsExactly(new Branch(2, List.of()), new Branch(4, List.of()), new Branch(1, List.of(3)));
  }

  @Test
  void halfOfTheOtherInstancesIsLeftToOneOfThem() {
    assertThat(Branches.of(List.of(1, 2, 3, 4, 5), each -> "n" + each, "n0"))
        .containsExactly(new Branch(1, List.of(2, 3)), new Branch(4, List.of(5)));
  }

  @ParameterizedTest
  @CsvSource({"1, 1, 0", "2, 2, 1", "7, 3, 3", "8, 8, 3", "100, 100, 6", "128, 4, 3", "128, 128, 7"})
  void itComesToEachOnceInFewSteps(int participants, int instances, int mostSteps) {
    List<Integer> reached = new ArrayList<>();
    int steps = pass(0, IntStream.range(1, participants).boxed().toList(), instances, reached);

    assertThat(reached).containsExactlyInAnyOrderElementsOf(IntStream.range(1, participants).boxed().toList());
    assertThat(steps).isLessThanOrEqualTo(mostSteps);
  }

  private static int pass(int from, List<Integer> receivers, int instances, List<Integer> reached) {
    int steps = 0;
    for (Branch branch : Branches.of(receivers, each -> "n" + each % instances, "n" + from % instances)) {
      reached.add(branch.child());
      steps = Math.max(steps, 1 + pass(branch.child(), branch.onwards(), instances, reached));
    }
    return steps;
  }
}
