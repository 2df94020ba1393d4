package dev.vertxrpc.membership;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxrpc.RpcFailure;
import dev.vertxrpc.WorkerInfo;
import java.time.Instant;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class DepartedTest {
  private final Departed departed = new Departed();

  private static GroupEntry entry(long... incarnations) {
    return LongStream.of(incarnations).boxed().reduce(GroupEntry.empty(OptionalInt.empty()), (entry, incarnation) ->
        entry.with(new Member(worker(incarnation), "node", "host", 1, Instant.EPOCH)), (one, other) -> one);
  }

  private static WorkerInfo worker(long incarnation) {
    return new WorkerInfo("w" + incarnation, (int) incarnation, incarnation, Set.of());
  }

  @Test
  void hidesThoseWhoAreGoneAndStrikesTheirRecords() {
    GroupEntry entry = entry(1, 2, 3, 4);
    assertThat(departed.add(2)).isTrue();
    assertThat(departed.add(2)).isFalse();
    departed.strike(2, RpcFailure.WORKER_LEFT);
    departed.add(3);
    departed.strike(3, RpcFailure.WORKER_LOST);
    departed.add(4);
    departed.whilePassed();
    assertThat(departed.struck(entry).members()).extracting(member -> member.worker().incarnation())
        .as("who left may still be saying something to others").containsExactly(1L, 2L, 4L);
    departed.whilePassed();

    assertThat(departed.seen(entry).members()).extracting(member -> member.worker().incarnation()).containsExactly(1L);
    GroupEntry struck = departed.struck(entry);
    assertThat(struck.members()).extracting(member -> member.worker().incarnation())
        .as("who only took this worker for lost keeps its record").containsExactly(1L, 4L);
    assertThat(struck.lost()).containsExactly(3L);
  }

  @Test
  void remembersNobodyWhoHasNoRecord() {
    for (long incarnation = 1; incarnation <= 4; incarnation++) {
      departed.add(incarnation);
      departed.strike(incarnation, incarnation < 3 ? RpcFailure.WORKER_LEFT : RpcFailure.WORKER_LOST);
    }

    departed.keepOnly(Set.of(1L));
    departed.whilePassed();
    departed.whilePassed();

    GroupEntry again = entry(1, 2, 3, 4);
    assertThat(departed.seen(again).members()).hasSize(3);
    assertThat(departed.struck(again).members()).hasSize(3);
  }
}
