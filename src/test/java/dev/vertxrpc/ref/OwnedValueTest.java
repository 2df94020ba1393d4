package dev.vertxrpc.ref;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxrpc.WorkerInfo;
import dev.vertxrpc.wire.ForkId;
import dev.vertxrpc.wire.RefId;
import io.vertx.core.Promise;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class OwnedValueTest {
  @Test
  void knowsItsHoldersHoweverManyThereAre() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    OwnedValue value = new OwnedValue(new RefId(1, 1), Promise.promise(), null);
    Map<ForkId, Holder> expected = new HashMap<>();

    for (int i = 0; i < 2_000; i++) {
      ForkId fork = new ForkId(1, random.nextInt(3));
      if (random.nextBoolean()) {
        Holder holder = new Holder(new WorkerInfo("w", 0, i + 1, Set.of()), i, null, null);
        value.addHolder(fork, holder);
        expected.put(fork, holder);
      } else {
        assertThat(value.removeHolder(fork)).isSameAs(expected.remove(fork));
      }
      assertThat(value.holders()).as("seed %d, step %d", seed, i).isEqualTo(expected);
    }
  }
}
