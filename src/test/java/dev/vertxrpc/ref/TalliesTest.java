package dev.vertxrpc.ref;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxrpc.wire.Fork;
import dev.vertxrpc.wire.ForkId;
import dev.vertxrpc.wire.RefId;
import dev.vertxrpc.wire.Tally;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class TalliesTest {
  private static List<Fork> forks(int count) {
    return LongStream.range(0, count).mapToObj(number ->
        new Fork(new RefId(1, number), new ForkId(1, number), 1, 1)).toList();
  }

  @Test
  void whatIsNotCountedIsNotTakenAway() {
    Tallies tallies = new Tallies();

    tallies.remove(7, new ForkId(1, 1));

    assertThat(tallies.total()).isZero();
    assertThat(tallies.of(7)).isEqualTo(Tally.NONE);
  }

  @Test
  void manyForksGoInPortions() {
    assertThat(Portions.of(forks(2 * Portions.MOST + 1))).extracting(List::size)
        .containsExactly(Portions.MOST, Portions.MOST, 1);
    assertThat(Portions.of(forks(Portions.MOST))).extracting(List::size).containsExactly(Portions.MOST);
    assertThat(Portions.of(List.of())).containsExactly(List.of());
    assertThat(Portions.of(forks(Portions.MOST + 5)).stream().flatMap(List::stream))
        .containsExactlyElementsOf(forks(Portions.MOST + 5));
  }
}
