package dev.vertxrpc.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RandomRoundTripTest {
  private static final int ROUNDS = 20_000;

  // Low enough that about half of the arrays are bulk.
  private final ValueCodec codec = Values.codec(20, 1 << 20, 200, 1_000_000);

  @Test
  void bringsBackWhatWasSent() {
    long seed = Long.getLong("seed", System.nanoTime());
    System.out.println("RandomRoundTripTest: -Dseed=" + seed);
    Random random = new Random(seed);
    RandomValues values = new RandomValues(random);

    for (int round = 0; round < ROUNDS; round++) {
      List<Type> types = new ArrayList<>();
      Object[] sent = new Object[random.nextInt(8)];
      for (int i = 0; i < sent.length; i++) {
        RandomValues.Declared declared = values.any();
        types.add(declared.type());
        sent[i] = declared.value().get();
      }
      ValueCodec.Encoded encoded = codec.encode(types, sent);
      Object[] back = codec.decode(encoded.body(), encoded.bulk(), types, new Refs(encoded.refs()));
      assertThat(Equality.same(back, sent)).as("seed %d round %d: %s", seed, round, types).isTrue();
    }
  }
}
