package dev.vertxrpc.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.vertxrpc.RpcException;
import dev.vertxrpc.RpcFailure;
import io.vertx.core.buffer.Buffer;
import java.lang.reflect.Type;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DamagedBodiesTest {
  private static final int BODIES = 120_000;
  /** Far above what decoding takes and a collector's pause may add, far below what hurts. */
  private static final Duration LONG = Duration.ofSeconds(2);

  private final ValueCodec codec = new ValueCodec();

  @Test
  void failWithCodecAndSoon() {
    long seed = Long.getLong("seed", System.nanoTime());
    System.out.println("DamagedBodiesTest: -Dseed=" + seed);
    Random random = new Random(seed);
    RandomValues values = new RandomValues(random);
    int decoded = 0;

    for (int i = 0; i < BODIES; i++) {
      RandomValues.Declared declared = values.any();
      ValueCodec.Encoded encoded = codec.encode("result", declared.type(), declared.value().get());
      byte[] body = damage(encoded.body().getBytes(), random);
      Type type = random.nextInt(4) == 0 ? values.any().type() : declared.type();
      long start = System.nanoTime();
      if (decodes(body, type, new Refs(encoded.refs()), seed)) {
        decoded++;
      }
      assertThat(Duration.ofNanos(System.nanoTime() - start)).as(hex(body)).isLessThan(LONG);
    }

    // Some damage goes unseen (a digit, a letter); a test that sees only one kind tests nothing.
    assertThat(decoded).isBetween(BODIES / 100, BODIES * 9 / 10);
  }

  private boolean decodes(byte[] body, Type type, Refs refs, long seed) {
    try {
      codec.decode("result", Buffer.buffer(body), List.of(), type, refs);
      return true;
    } catch (RpcException expected) {
      assertThat(expected.failure()).isEqualTo(RpcFailure.CODEC);
      return false;
    } catch (Throwable other) {
      return fail("seed " + seed + ", " + type + ", " + hex(body), other);
    }
  }

  private static byte[] damage(byte[] body, Random random) {
    switch (random.nextInt(6)) {
      case 0:
        return Arrays.copyOf(body, random.nextInt(body.length + 1));
      case 1:
        byte[] noise = new byte[random.nextInt(64)];
        random.nextBytes(noise);
        return noise;
      case 2:
        return Arrays.copyOf(body, body.length + 1 + random.nextInt(3));
      case 3:
        int from = random.nextInt(body.length);
        int to = random.nextInt(body.length);
        System.arraycopy(body.clone(), from, body, to, body.length - Math.max(from, to));
        return body;
      default:
        for (int n = 1 + random.nextInt(4); n > 0; n--) {
          // Past the tag and length of the value mostly, so that what is inside is reached too.
          int at = random.nextInt(5) == 0 ? random.nextInt(body.length) : Math.min(body.length - 1,
              10 + random.nextInt(body.length));
          body[at] = (byte) (random.nextBoolean() ? random.nextInt() : body[at] ^ 1 << random.nextInt(8));
        }
        return body;
    }
  }

  private static String hex(byte[] body) {
    return HexFormat.of().formatHex(body);
  }
}
